import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { suppressions, waitsForSender, type SuppressionReason } from '../clear-to-send.ts';
import type { TextTasks } from '../ports.ts';
import { waitingTaskKey } from '../text-task.ts';
import type { LockedText } from './locked-text.ts';
import { timePassed } from './suppress-text.ts';

type Waiting<Text> = { orgId: Id; messageId: Id; text: Text; now: Temporal.Instant };

const words =
  'A text to the patient waits, since the clinic’s WhatsApp number is not connected. Connect it again: the text then leaves by itself, unless its time has passed by then. If it cannot wait, tell them in another way.';

/** A text waits for its sender. Staff hear of it once. */
export async function awaitSender(
  tx: TenantTransaction,
  { orgId, messageId, text, now, until }: Waiting<LockedText> & { until: Temporal.Instant },
  tasks: TextTasks,
): Promise<void> {
  await tx.$executeRaw`
    update outbound_messages set next_attempt_at = ${toDate(until)}, reason = ${waitsForSender}
    where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
  if (text.waitedForSender || text.contactId === null) return;
  const { conversationId, attempts } = text;
  const causeKey = waitingTaskKey(messageId, attempts);
  await tasks.open(tx, { orgId, kind: 'text-failed', causeKey, messageId, conversationId, reason: words, now });
}

/**
 * A text that waited leaves now, or never: nobody has to look any more. When its time has passed the task stays until the sender is
 * back, since the person has not heard what it said.
 */
export async function endWait(
  tx: TenantTransaction,
  { orgId, messageId, text, now }: Waiting<Pick<LockedText, 'waitedForSender' | 'attempts'>>,
  tasks: Pick<TextTasks, 'resolve'>,
  reason: SuppressionReason | null = null,
): Promise<void> {
  if (!text.waitedForSender || (reason !== null && timePassed.includes(reason))) return;
  await tasks.resolve(tx, { orgId, causeKey: waitingTaskKey(messageId, text.attempts), now });
}

/**
 * A sender is online: what waited for it is due, and it is told which tasks about its texts leave nothing to do. Those are of texts that
 * wait no more, and of answers that never left while a later one has reached the person.
 */
export async function senderIsBack(
  tx: TenantTransaction,
  { orgId, number, now }: { orgId: Id; number: string; now: Temporal.Instant },
): Promise<{ settled: string[] }> {
  await tx.$executeRaw`
    update outbound_messages set next_attempt_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and from_number = ${number} and channel = 'whatsapp' and state = 'queued'
      and reason = ${waitsForSender} and next_attempt_at > ${toDate(now)}`;
  const rows = await tx.$queryRaw<{ cause_key: string }[]>`
    select t.cause_key from staff_tasks t join outbound_messages m on m.org_id = t.org_id and m.id = t.message_id
    where t.org_id = ${orgId}::uuid and t.kind = 'text-failed' and t.resolved_at is null
      and m.from_number = ${number} and m.channel = 'whatsapp' and m.state <> 'queued'
      and (t.cause_key like '%:waits:%' or m.reason = ${suppressions['sender-offline']} and exists (
        select from outbound_messages later
        where later.org_id = m.org_id and later.conversation_id = m.conversation_id and later.seq > m.seq
          and later.class = 'reply' and later.state in ('sent', 'delivered', 'read')))`;
  return { settled: rows.map(({ cause_key: causeKey }) => causeKey) };
}
