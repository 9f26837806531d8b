import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { suppressions, type SuppressionReason } from '../clear-to-send.ts';
import type { TextTasks } from '../ports.ts';
import type { TextClass } from '../text-class.ts';
import { textTaskKey } from '../text-task.ts';
import type { LockedText } from './locked-text.ts';

/** Reasons that are nobody's fault and need nobody's attention. */
const expected: readonly SuppressionReason[] = [
  'opted-out',
  'confirmation-too-late',
  'stale',
  'visit-changed',
  'person-wrote',
  'offer-settled',
  'no-marketing-consent',
  'wish-unclear',
  'too-late-by-morning',
];

/** The text came too late. */
export const timePassed: readonly SuppressionReason[] = ['stale', 'too-late-by-morning'];

type SuppressedText = { orgId: Id; messageId: Id; reason: SuppressionReason; now: Temporal.Instant };

/** Ends a text that may not leave. `actor` goes to the audit log. */
export async function suppressText(tx: TenantTransaction, text: SuppressedText & { actor: string }): Promise<void> {
  const { orgId, messageId, reason, actor, now } = text;
  await tx.$executeRaw`
    with text as (
      update outbound_messages
      set state = 'suppressed', reason = ${suppressions[reason]}, next_attempt_at = null, state_at = ${toDate(now)}
      where org_id = ${orgId}::uuid and id = ${messageId}::uuid
      returning org_id, id
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'text suppressed', 'outbound_message', id,
      jsonb_build_object('reason', ${reason}::text), ${toDate(now)} from text`;
}

/** Staff hear of these in another way, or need not, unless the person waits for the text. */
const toldOtherwise: readonly SuppressionReason[] = ['outside-window', 'campaign-closed'];

/** The person has asked, or called: they wait for it. */
const isAwaited = (ofClass: TextClass): boolean => ofClass === 'reply' || ofClass === 'missed-call';

/** Tells staff of a text that was to reach a patient, when nobody expects that it does not. */
export async function tellOfSuppression(
  tx: TenantTransaction,
  text: SuppressedText & Pick<LockedText, 'class' | 'contactId' | 'conversationId' | 'waitedForCampaign'>,
  tasks: TextTasks,
): Promise<void> {
  const { orgId, messageId, contactId, conversationId, reason, now } = text;
  const missedMeanwhile = text.waitedForCampaign && text.class !== 'marketing' && timePassed.includes(reason);
  if (contactId === null || (expected.includes(reason) && !missedMeanwhile)) return;
  if (toldOtherwise.includes(reason) && !isAwaited(text.class)) return;
  const words = missedMeanwhile
    ? 'A text to the patient waited for the campaign of the clinic’s number, and its time has passed. Tell them in another way.'
    : `A text to the patient was not sent: ${suppressions[reason]}.`;
  const causeKey = textTaskKey('text-failed', messageId);
  await tasks.open(tx, { orgId, kind: 'text-failed', causeKey, messageId, conversationId, reason: words, now });
}
