import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { actor } from '../postgres/actor.ts';
import { numbersOf } from '../postgres/consent-store.ts';
import { recordMarketingConsent } from './record-marketing-consent.ts';

/** The carrier knew first that the person wants no more marketing of the clinic (Meta 131050). Other texts still leave. */
export async function recordCarrierMarketingStop(
  tx: TenantTransaction,
  { orgId, messageId }: { orgId: Id; messageId: Id },
  now: Temporal.Instant,
): Promise<void> {
  const { channel, from: clinicNumber, to: phone } = await numbersOf(tx, { orgId, messageId });
  await recordMarketingConsent(tx, {
    agreed: false,
    orgId,
    phone,
    source: 'carrier',
    wording: null,
    channel,
    clinicNumber,
    inboundMessageId: null,
    recordedBy: actor,
    at: now,
  });
}
