import { present } from '@frontdesk/kernel';
import type { AddressChange } from '@frontdesk/providers/telnyx-webhooks';
import type pg from 'pg';
import { addressesToStop } from '../postgres/carried-stops.ts';
import { storeConsent, type ConsentChange } from '../postgres/store-consent.ts';
import type { Addressed } from './webhook.ts';

/**
 * A STOP by somebody's former number or id at WhatsApp holds for the new one. Nothing else is carried over: a consent to
 * marketing was given for an address, and who writes next tells by themselves.
 */
export async function carryStops(
  client: pg.ClientBase,
  webhooks: readonly Addressed<AddressChange>[],
  at: Temporal.Instant,
): Promise<void> {
  const stopped = await addressesToStop(
    client,
    webhooks.map(({ clinic: { orgId }, content: { before, now } }) => ({ orgId, before, now })),
  );
  const changes = webhooks.flatMap(({ clinic: { orgId, number }, content, occurredAt }) =>
    content.now
      .filter((address) => stopped.has(`${orgId}:${address}`))
      .map((phone): ConsentChange => ({
        orgId,
        phone,
        kind: 'opt-out',
        source: 'carrier',
        wording: null,
        channel: 'whatsapp',
        clinicNumber: present(number, 'the number that the person wrote to'),
        inboundMessageId: null,
        receivedAt: occurredAt,
        at,
      })),
  );
  await storeConsent(client, changes);
}
