import type { TextState } from '@frontdesk/contracts';
import { recordAudit, toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, NotFound, type Id } from '@frontdesk/kernel';
import { recordCarrierMarketingStop } from '../consent/record-carrier-marketing-stop.ts';
import { recordCarrierOptOut } from '../consent/record-carrier-opt-out.ts';
import { afterReport, contradictsRefusal, type DeliveryStatus } from '../delivery.ts';
import type { TemplateDoubts, TextTasks } from '../ports.ts';
import { textTaskKey } from '../text-task.ts';
import { actor } from './actor.ts';
import { lockByAttempt, lockByProvider, type TriedRow } from './lock-tried-text.ts';
import { queueAgain } from './queue-again.ts';
import { stayOnWhatsApp } from './stay-on-whatsapp.ts';

export type DeliveryReport = {
  orgId: Id;
  provider: string;
  /** The attempt that the webhook address names; null when it names none. */
  attemptId: Id | null;
  providerMessageId: string;
  status: DeliveryStatus;
  errorCode: string | null;
  /** The code says that the carrier blocks this person. */
  blocked?: boolean;
  /** The code says that nothing but a template could be said to this person. */
  windowClosed?: boolean;
  /** The code says that the template is at fault. */
  templateAtFault?: boolean;
  /** The code says that the person wants no marketing of the clinic. */
  noMarketing?: boolean;
  /** The code says that the person is not on WhatsApp. */
  notOnWhatsApp?: boolean;
  /** What the code means, for the clinic's staff. */
  words?: string | null;
  now: Temporal.Instant;
};

/** What a receipt made of a text. */
export type TextMove = { provider: string; state: TextState; attemptedAt: Temporal.Instant };

/** `queued`: the text is due at once, as a template or by SMS. */
export type ReportEffect = 'moved' | 'queued' | 'nothing-new' | 'attempt-unknown';

export type ReportPorts = {
  templates?: TemplateDoubts | undefined;
  /** Hears of a change before it is committed. */
  onMove?: ((move: TextMove) => void) | undefined;
  /** Hears of a text that is due again, once more with each repeat of the receipt. */
  onQueued?: ((messageId: Id) => void) | undefined;
};

/**
 * Applies a receipt, in whatever order and however often it comes, even before the send itself was recorded. It resolves
 * an unknown outcome, and it stops a retry of a text that the carrier has after all.
 * @throws NotFound when the text was not sent by the desk
 */
export async function recordDeliveryReport(
  tx: TenantTransaction,
  report: DeliveryReport,
  tasks: TextTasks,
  { templates, onMove, onQueued }: ReportPorts = {},
): Promise<ReportEffect> {
  const { orgId, attemptId, providerMessageId, status, errorCode, blocked = false, now } = report;
  const row =
    (attemptId === null ? undefined : await lockByAttempt(tx, { orgId, attemptId })) ??
    (await lockByProvider(tx, report));
  if (row === undefined && attemptId === null)
    throw new NotFound('the receipt is of a text that the desk did not send');
  if (row === undefined && (await isErased(tx, orgId, attemptId))) return 'nothing-new';
  if (row === undefined) {
    await noteUnknownAttempt(tx, report);
    return 'attempt-unknown';
  }

  if (row.outcome === 'refused' && !contradictsRefusal(status)) {
    // Whoever came to send it meanwhile found its row locked, and left it.
    if (row.state === 'queued') onQueued?.(row.message_id);
    return 'nothing-new';
  }
  if (await queueAgain(tx, row, report)) {
    const { message_id: messageId } = row;
    if (row.state === 'unknown') await resolveUnknown(tx, { orgId, messageId, now }, tasks);
    onQueued?.(messageId);
    return 'queued';
  }
  const state = afterReport(row.state, status);
  const isNews = state !== row.state || row.outcome !== 'accepted' || row.known_provider_message_id === null;
  if (!isNews) return 'nothing-new';
  const failed = state === 'failed' || state === 'undelivered';
  const reason = failed ? reasonOf(report) : null;
  await tx.$executeRaw`
    with attempt as (
      update send_attempts
      set outcome = 'accepted', provider_message_id = coalesce(provider_message_id, ${providerMessageId}),
        error_code = coalesce(${errorCode}, error_code), finished_at = coalesce(finished_at, ${toDate(now)})
      where org_id = ${orgId}::uuid and id = ${row.attempt_id}::uuid
    ), text as (
      update outbound_messages
      set state = ${state}, reason = ${reason}, state_at = ${toDate(now)}, next_attempt_at = null,
        provider_message_id = coalesce(provider_message_id, ${providerMessageId})
      where org_id = ${orgId}::uuid and id = ${row.message_id}::uuid and state <> ${state}
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    values (${orgId}::uuid, ${newId()}::uuid, ${actor}, 'delivery reported', 'send_attempt', ${row.attempt_id},
      jsonb_build_object('message', ${row.message_id}::text, 'status', ${status}::text, 'code', ${errorCode}::text),
      ${toDate(now)})`;
  if (state !== row.state) {
    if (row.state === 'queued' && row.channel === 'whatsapp') await stayOnWhatsApp(tx, { ...row, orgId, now });
    const { template_id: templateId } = row;
    if (failed && report.templateAtFault === true && templateId !== null) {
      await templates?.doubt(tx, { orgId, templateId, now });
    }
    if (failed && report.noMarketing === true) {
      await recordCarrierMarketingStop(tx, { orgId, messageId: row.message_id }, now);
    }
    await followUp(tx, { ...row, orgId, now, before: row.state, state, reason, blocked }, tasks);
    onMove?.({ provider: report.provider, state, attemptedAt: toInstant(row.started_at) });
  }
  return 'moved';
}

/** Why it did not arrive, in words where there are some. */
function reasonOf({ words = null, errorCode }: DeliveryReport): string {
  return `the carrier could not deliver it${words === null ? '' : `: ${words}`}${errorCode === null ? '' : ` (${errorCode})`}`;
}

/** A receipt for us that names an attempt we do not have: worth a note, and nothing can be done. */
async function noteUnknownAttempt(tx: TenantTransaction, { orgId, attemptId, status, now }: DeliveryReport) {
  const subject = { type: 'send_attempt', id: String(attemptId) };
  await recordAudit(tx, {
    orgId,
    actor,
    action: 'receipt of an unknown attempt',
    subject,
    at: now,
    details: { status },
  });
}

/** The receipt is late news of somebody who was erased. */
async function isErased(tx: TenantTransaction, orgId: Id, attemptId: Id | null): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from erased_ids where org_id = ${orgId}::uuid and id = ${attemptId}::uuid`;
  return rows.length > 0;
}

/** Staff need not look any more for what became of the text. */
async function resolveUnknown(
  tx: TenantTransaction,
  { orgId, messageId, now }: { orgId: Id; messageId: Id; now: Temporal.Instant },
  tasks: TextTasks,
): Promise<void> {
  await tasks.resolve(tx, { orgId, causeKey: textTaskKey('text-outcome-unknown', messageId), now });
}

async function followUp(
  tx: TenantTransaction,
  text: TriedRow & { orgId: Id; now: Temporal.Instant; before: TextState; reason: string | null; blocked: boolean },
  tasks: TextTasks,
): Promise<void> {
  const { orgId, message_id: messageId, conversation_id: conversationId, before, state, reason, now } = text;
  const failure = textTaskKey('text-failed', messageId);
  if (before === 'unknown') await resolveUnknown(tx, { orgId, messageId, now }, tasks);
  if ((state === 'delivered' || state === 'read') && (before === 'failed' || before === 'undelivered')) {
    await tasks.resolve(tx, { orgId, causeKey: failure, now });
  }
  if (reason !== null && text.blocked) {
    await recordCarrierOptOut(tx, { orgId, messageId, conversationId }, { now, tasks });
  } else if (reason !== null && text.contact_id !== null) {
    const words = `A text to the patient did not arrive: ${reason}.`;
    await tasks.open(tx, {
      orgId,
      kind: 'text-failed',
      causeKey: failure,
      messageId,
      conversationId,
      reason: words,
      now,
    });
  }
}
