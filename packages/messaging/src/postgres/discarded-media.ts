import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { actor } from './actor.ts';

type Discard = { orgId: Id; mediaId: Id; now: Temporal.Instant };

/** Takes a file that is to be deleted and returns its key; null when somebody else has it. A failed try comes `again`. */
export async function claimDiscard(
  tx: TenantTransaction,
  { orgId, mediaId, now, again }: Discard & { again: (attempt: number) => Temporal.Instant },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ storage_key: string; attempts: number }[]>`
    select storage_key, attempts::int from discarded_media
    where org_id = ${orgId}::uuid and id = ${mediaId}::uuid and next_attempt_at <= ${toDate(now)}
    for update skip locked`;
  if (row === undefined) return null;
  const attempt = row.attempts + 1;
  await tx.$executeRaw`
    update discarded_media set attempts = ${attempt}, next_attempt_at = ${toDate(again(attempt))}
    where org_id = ${orgId}::uuid and id = ${mediaId}::uuid`;
  return row.storage_key;
}

/** The file is deleted. */
export async function forgetDiscard(tx: TenantTransaction, { orgId, mediaId, now }: Discard): Promise<void> {
  await tx.$executeRaw`
    with forgotten as (
      delete from discarded_media where org_id = ${orgId}::uuid and id = ${mediaId}::uuid returning org_id, id
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, at)
    select org_id, ${newId()}::uuid, ${actor}, 'media deleted', 'inbound_media', id, ${toDate(now)} from forgotten`;
}
