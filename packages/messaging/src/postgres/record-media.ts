import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type { MediaVerdict } from '../media/judge-media.ts';
import { actor } from './actor.ts';
import type { ClaimedMedia } from './claim-media.ts';

/** Records what a try came to. Returns false when the row is gone, or a later try has it. */
export async function recordMedia(
  tx: TenantTransaction,
  { orgId, id, attempt }: ClaimedMedia,
  verdict: MediaVerdict,
  now: Temporal.Instant,
): Promise<boolean> {
  const { state } = verdict;
  const stored = verdict.state === 'stored' ? verdict : null;
  const reason = verdict.state === 'stored' ? null : verdict.reason;
  const nextAttemptAt = verdict.state === 'queued' ? toDate(verdict.nextAttemptAt) : null;
  const recorded = await tx.$executeRaw`
    with media as (
      update inbound_media
      set state = ${state}, content_type = coalesce(${stored?.contentType ?? null}, content_type),
        bytes = ${stored?.bytes ?? null}::integer, reason = ${reason}, next_attempt_at = ${nextAttemptAt}::timestamptz,
        state_at = ${toDate(now)}
      where org_id = ${orgId}::uuid and id = ${id}::uuid and state = 'queued' and attempts = ${attempt}
      returning org_id, id
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, ${newId()}::uuid, ${actor}, 'media fetched', 'inbound_media', id,
      jsonb_build_object('state', ${state}::text, 'reason', ${reason}::text), ${toDate(now)} from media`;
  return recorded === 1;
}
