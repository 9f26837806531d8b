import { openStaffTask } from '@frontdesk/clinics/postgres';
import { transactionOn } from '@frontdesk/db';
import { addressWords } from '@frontdesk/kernel';
import type { AddressChange } from '@frontdesk/providers/telnyx-webhooks';
import type pg from 'pg';
import { peopleAt } from '../postgres/people-at.ts';
import type { Addressed } from './webhook.ts';

const dueIn = Temporal.Duration.from({ hours: 24 });

/**
 * Tells staff of whom the clinic knows by a number that is no longer theirs on WhatsApp. The number stays as it is: whether the person
 * gave it up is theirs to say. The clinic's senders each hear of it; one task comes of a day.
 */
export async function tellOfNewNumbers(
  client: pg.ClientBase,
  webhooks: readonly Addressed<AddressChange>[],
  now: Temporal.Instant,
): Promise<void> {
  const known = await peopleAt(
    client,
    webhooks.map(({ clinic: { orgId }, content: { before } }) => ({ orgId, addresses: before })),
  );
  for (const [n, { clinic, content, occurredAt }] of webhooks.entries()) {
    const next = content.now.find((address) => !address.startsWith('wa:'));
    for (const { conversationId, phone } of known[n] ?? []) {
      if (next === undefined || next === phone) continue;
      const day = occurredAt.toZonedDateTimeISO('UTC').toPlainDate();
      await openStaffTask(transactionOn(client), {
        orgId: clinic.orgId,
        kind: 'number-changed',
        causeKey: `number-changed:${conversationId}:${day.toString()}`,
        reason: whatToDecide({ before: phone, now: next }),
        conversationId,
        dueIn,
        now,
      });
    }
  }
}

const whatToDecide = ({ before, now }: { before: string; now: string }): string =>
  `On WhatsApp this person went from ${addressWords(before)} to ${addressWords(now)}. Reminders and all other SMS still go to the old number, which may be somebody else’s by now. Ask the person whether they keep it. If they do, nothing is to be done. If they do not: stop the texts to the old number, ask the person to write from the new one, and look after their visits yourselves, since booked visits stay with the old number.`;
