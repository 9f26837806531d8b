import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type { Verdict } from '../outcome.ts';
import type { TextTasks } from '../ports.ts';
import { textTaskKey } from '../text-task.ts';
import { actor } from './actor.ts';
import type { ClaimedText } from './claim-text.ts';

/**
 * Records what the carrier answered. Returns false when a receipt was faster and already said more: then nothing changes.
 * The text's row is locked first here and by receipts, so the two can never wait for each other.
 */
export async function recordOutcome(
  tx: TenantTransaction,
  text: ClaimedText,
  verdict: Verdict,
  { now, tasks }: { now: Temporal.Instant; tasks: TextTasks },
): Promise<boolean> {
  const { orgId, messageId, attemptId, conversationId } = text;
  const { state, outcome, code, providerMessageId, reason, nextAttemptAt } = verdict;
  const recorded = await tx.$executeRaw`
    with text as materialized (
      select org_id, id from outbound_messages where org_id = ${orgId}::uuid and id = ${messageId}::uuid for update
    ), attempt as (
      update send_attempts a
      set outcome = ${outcome}, error_code = ${code}, finished_at = ${toDate(now)},
        provider_message_id = coalesce(a.provider_message_id, ${providerMessageId})
      from text
      where a.org_id = text.org_id and a.id = ${attemptId}::uuid
        and (a.outcome is null or a.outcome = 'unknown' and ${outcome}::text in ('accepted', 'refused'))
      returning a.org_id, a.id, a.message_id
    ), moved as (
      update outbound_messages m
      set state = ${state}, reason = ${reason}, state_at = ${toDate(now)},
        next_attempt_at = ${nextAttemptAt === null ? null : toDate(nextAttemptAt)}::timestamptz,
        provider_message_id = coalesce(${providerMessageId}, m.provider_message_id)
      from attempt
      where m.org_id = attempt.org_id and m.id = attempt.message_id and m.state in ('sending', 'unknown')
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'send answered', 'send_attempt', id,
      jsonb_build_object('message', message_id, 'outcome', ${outcome}::text, 'code', ${code}::text), ${toDate(now)}
    from attempt`;
  if (recorded === 0) return false;
  if (state === 'suppressed') await recordCarrierOptOut(tx, text, now);
  if (state === 'failed' && text.contactId !== null) {
    const words = `A text to the patient could not be sent: ${reason ?? 'the carrier refused it'}.`;
    const causeKey = textTaskKey('text-failed', messageId);
    await tasks.open(tx, { orgId, kind: 'text-failed', causeKey, messageId, conversationId, reason: words, now });
  }
  return true;
}

/** The carrier blocks this person since a STOP that never reached the desk: from now on the desk knows it too. */
async function recordCarrierOptOut(tx: TenantTransaction, { orgId, to }: ClaimedText, now: Temporal.Instant) {
  await tx.$executeRaw`
    with stopped as (
      insert into opt_outs (org_id, phone, opted_out_at) values (${orgId}::uuid, ${to}, ${toDate(now)})
      on conflict (org_id, phone) do nothing
      returning org_id, phone
    )
    insert into consent_events (org_id, id, phone, kind, source, occurred_at)
    select org_id, ${newId()}::uuid, phone, 'opt-out', 'carrier', ${toDate(now)} from stopped`;
}
