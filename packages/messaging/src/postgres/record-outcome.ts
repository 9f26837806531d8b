import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { recordCarrierMarketingStop } from '../consent/record-carrier-marketing-stop.ts';
import { recordCarrierOptOut } from '../consent/record-carrier-opt-out.ts';
import type { Verdict } from '../outcome.ts';
import type { TemplateDoubts, TextTasks } from '../ports.ts';
import { textTaskKey } from '../text-task.ts';
import { actor } from './actor.ts';
import { leaveBySms, noteAbsence } from './leave-by-sms.ts';

/** A try at a carrier. */
export type TriedText = {
  orgId: Id;
  messageId: Id;
  attemptId: Id;
  to: string;
  contactId: Id | null;
  conversationId: Id | null;
  /** The template that it was sent as. */
  templateId?: Id | null;
};

/**
 * Records what the carrier answered to a try, or to the question what became of it, and returns what came of it. Null when a receipt was
 * faster and already said more: then nothing changes. Only a look-up takes back that the outcome is unknown.
 * The text's row is locked first here and by receipts, so the two can never wait for each other.
 */
export async function recordOutcome(
  tx: TenantTransaction,
  text: TriedText,
  verdict: Verdict,
  {
    now,
    tasks,
    templates,
    lookedUp = false,
  }: { now: Temporal.Instant; tasks: TextTasks; templates?: TemplateDoubts | undefined; lookedUp?: boolean },
): Promise<Verdict | null> {
  const { orgId, messageId, attemptId, conversationId, templateId = null } = text;
  const closedAt = verdict.windowClosed === true ? toDate(now) : null;
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
        and (a.outcome is null or a.outcome = 'unknown' and (${lookedUp} or ${outcome}::text in ('accepted', 'refused')))
      returning a.org_id, a.id, a.message_id
    ), moved as (
      update outbound_messages m
      set state = ${state}, reason = ${reason}, state_at = ${toDate(now)},
        next_attempt_at = ${nextAttemptAt === null ? null : toDate(nextAttemptAt)}::timestamptz,
        provider_message_id = coalesce(${providerMessageId}, m.provider_message_id),
        window_closed_at = coalesce(${closedAt}::timestamptz, m.window_closed_at)
      from attempt
      where m.org_id = attempt.org_id and m.id = attempt.message_id and m.state in ('sending', 'unknown')
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'send answered', 'send_attempt', id,
      jsonb_build_object('message', message_id, 'outcome', ${outcome}::text, 'code', ${code}::text), ${toDate(now)}
    from attempt`;
  if (recorded === 0) return null;
  if (verdict.notOnWhatsApp === true) {
    await noteAbsence(tx, text);
    if (await leaveBySms(tx, { orgId, messageId, triedAt: now, now })) {
      return { ...verdict, state: 'queued', nextAttemptAt: now };
    }
  }
  if (verdict.templateAtFault === true && templateId !== null) await templates?.doubt(tx, { orgId, templateId, now });
  if (verdict.noMarketing === true) await recordCarrierMarketingStop(tx, text, now);
  if (state === 'suppressed') await recordCarrierOptOut(tx, text, { now, tasks });
  if (lookedUp) await tasks.resolve(tx, { orgId, causeKey: textTaskKey('text-outcome-unknown', messageId), now });
  if (state === 'failed' && text.contactId !== null) {
    const words = `A text to the patient could not be sent: ${reason ?? 'the carrier refused it'}.`;
    const causeKey = textTaskKey('text-failed', messageId);
    await tasks.open(tx, { orgId, kind: 'text-failed', causeKey, messageId, conversationId, reason: words, now });
  }
  return verdict;
}
