import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, withheldReplay, type Id } from '@frontdesk/kernel';
import { nextTry } from '../delivery.ts';
import { actor } from './actor.ts';
import { leaveBySms, noteAbsence } from './leave-by-sms.ts';
import type { TriedRow } from './lock-tried-text.ts';
import type { DeliveryReport } from './record-delivery-report.ts';

/**
 * Makes a text due again of which a receipt says that it did not arrive, where another try is right: as a template, or by SMS. Its last
 * try is then over as a refused one. False: no other try is right, or nothing may leave of this replay.
 */
export async function queueAgain(tx: TenantTransaction, row: TriedRow, report: DeliveryReport): Promise<boolean> {
  // A row that is due again leaves with the next sweep, which knows of no replay.
  if (withheldReplay() !== null) return false;
  const { orgId, status, windowClosed = false, notOnWhatsApp = false, now } = report;
  const { message_id: messageId, attempt_id: attemptId, channel } = row;
  const next = nextTry(row.state, {
    status,
    windowClosed,
    mayBeOutside: row.may_be_outside,
    notOnWhatsApp: notOnWhatsApp && channel === 'whatsapp',
  });
  if (next === null) return false;
  if (next === 'as-template') await dueAsTemplate(tx, { orgId, messageId, now });
  else {
    await noteAbsence(tx, { orgId, attemptId });
    if (!(await leaveBySms(tx, { orgId, messageId, triedAt: toInstant(row.started_at), now }))) return false;
  }
  await refuseLater(tx, row, report);
  return true;
}

async function dueAsTemplate(
  tx: TenantTransaction,
  { orgId, messageId, now }: { orgId: Id; messageId: Id; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update outbound_messages
    set state = 'queued', reason = null, state_at = ${toDate(now)}, next_attempt_at = ${toDate(now)},
      window_closed_at = ${toDate(now)}, provider_message_id = null
    where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
}

async function refuseLater(
  tx: TenantTransaction,
  { attempt_id: attemptId, message_id: messageId }: TriedRow,
  { orgId, providerMessageId, errorCode, now }: DeliveryReport,
): Promise<void> {
  await tx.$executeRaw`
    with attempt as (
      update send_attempts
      set outcome = 'refused', provider_message_id = coalesce(provider_message_id, ${providerMessageId}),
        error_code = ${errorCode}, finished_at = coalesce(finished_at, ${toDate(now)})
      where org_id = ${orgId}::uuid and id = ${attemptId}::uuid
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    values (${orgId}::uuid, ${newId()}::uuid, ${actor}, 'send refused later', 'send_attempt', ${attemptId},
      jsonb_build_object('message', ${messageId}::text, 'code', ${errorCode}::text), ${toDate(now)})`;
}
