import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import type { TextTasks } from '../ports.ts';
import { textTaskKey } from '../text-task.ts';
import { actor } from './actor.ts';

const reason = 'no receipt came; whether the text left is not known';

/**
 * Gives up waiting for the receipt of an attempt whose outcome nobody knows, or whose process died: staff get a task, and
 * the text is not sent again. Returns false when a receipt came in the meantime.
 */
export async function flagUnresolvedAttempt(
  tx: TenantTransaction,
  { orgId, attemptId, now }: { orgId: Id; attemptId: Id; now: Temporal.Instant },
  tasks: TextTasks,
): Promise<boolean> {
  const [text] = await tx.$queryRaw<{ id: Id; conversation_id: Id | null }[]>`
    with text as materialized (
      select m.org_id, m.id, m.conversation_id
      from outbound_messages m
      where m.org_id = ${orgId}::uuid and m.state in ('sending', 'unknown')
        and m.id = (select message_id from send_attempts where org_id = ${orgId}::uuid and id = ${attemptId}::uuid)
      for update of m
    ), attempt as (
      update send_attempts a set outcome = 'unknown', finished_at = coalesce(a.finished_at, ${toDate(now)})
      from text where a.org_id = text.org_id and a.id = ${attemptId}::uuid and (a.outcome is null or a.outcome = 'unknown')
      returning a.org_id, a.id
    ), logged as (
      insert into audit_log (org_id, id, actor, action, subject_type, subject_id, at)
      select org_id, ${newId()}::uuid, ${actor}, 'send unresolved', 'send_attempt', id, ${toDate(now)} from attempt
    )
    update outbound_messages m set state = 'unknown', reason = ${reason}, state_at = ${toDate(now)}
    from text, attempt where m.org_id = text.org_id and m.id = text.id
    returning m.id, m.conversation_id`;
  if (text === undefined) return false;
  await tasks.open(tx, {
    orgId,
    kind: 'text-outcome-unknown',
    causeKey: textTaskKey('text-outcome-unknown', text.id),
    messageId: text.id,
    conversationId: text.conversation_id,
    reason:
      'The carrier never said whether a text left. It is not sent again by itself: please check, and call if it matters.',
    now,
  });
  return true;
}
