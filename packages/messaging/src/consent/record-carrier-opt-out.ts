import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { TextTasks } from '../ports.ts';
import { consentOf } from '../postgres/consent-store.ts';
import { textTaskKey } from '../text-task.ts';
import { carrierEvidence } from './carrier-evidence.ts';
import { recordOptOut } from './record-opt-out.ts';

/** A text that the carrier refused since it blocks the person (Telnyx 40300, Twilio 21610). */
export type BlockedText = { orgId: Id; messageId: Id; conversationId: Id | null };

/**
 * The carrier blocks this person: from now on the desk does, too, without a confirmation, since the carrier gave its own.
 * When the person asked the desk for texts again but the carrier still blocks them, the carrier wins and staff hear of it: only the
 * person can lift that, with START to the same number.
 */
export async function recordCarrierOptOut(
  tx: TenantTransaction,
  { orgId, messageId, conversationId }: BlockedText,
  { now, tasks }: { now: Temporal.Instant; tasks: TextTasks },
): Promise<void> {
  const evidence = await carrierEvidence(tx, { orgId, messageId }, now);
  const { resumedAt } = await consentOf(tx, evidence);
  const { stopped } = await recordOptOut(tx, evidence);
  if (!stopped || resumedAt === null) return;
  await tasks.open(tx, {
    orgId,
    kind: 'text-failed',
    causeKey: textTaskKey('text-failed', messageId),
    messageId,
    conversationId,
    reason:
      'The patient asked for texts again, but the carrier still blocks them. They have to text START to the clinic’s number.',
    now,
  });
}
