import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { actor } from './actor.ts';

/** The try is over as a refused one, and the text is due again. */
export async function queueAsTemplate(
  tx: TenantTransaction,
  {
    orgId,
    messageId,
    attemptId,
    providerMessageId,
    errorCode,
    now,
  }: {
    orgId: Id;
    messageId: Id;
    attemptId: Id;
    providerMessageId: string;
    errorCode: string | null;
    now: Temporal.Instant;
  },
): Promise<void> {
  await tx.$executeRaw`
    with attempt as (
      update send_attempts
      set outcome = 'refused', provider_message_id = coalesce(provider_message_id, ${providerMessageId}),
        error_code = ${errorCode}, finished_at = coalesce(finished_at, ${toDate(now)})
      where org_id = ${orgId}::uuid and id = ${attemptId}::uuid
    ), text as (
      update outbound_messages
      set state = 'queued', reason = null, state_at = ${toDate(now)}, next_attempt_at = ${toDate(now)},
        window_closed_at = ${toDate(now)}, provider_message_id = null
      where org_id = ${orgId}::uuid and id = ${messageId}::uuid
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    values (${orgId}::uuid, ${newId()}::uuid, ${actor}, 'send refused later', 'send_attempt', ${attemptId},
      jsonb_build_object('message', ${messageId}::text, 'code', ${errorCode}::text), ${toDate(now)})`;
}
