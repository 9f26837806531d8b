import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** Longer than a code lives and than using it may take: then whoever used it has died. */
const inHand = Temporal.Duration.from({ minutes: 2 });
const keptFor = Temporal.Duration.from({ hours: 24 });

type SignUp = { orgId: Id; codeDigest: Buffer };

/**
 * What is known of a code.
 * - mine: nobody has used it, and nobody else does until `forgetSignUp`
 * - in-hand: somebody is using it
 * - done: this sender came of it
 */
export type TakenSignUp = { kind: 'mine' } | { kind: 'in-hand' } | { kind: 'done'; senderId: Id };

/** Takes a code in hand, before it is used. */
export async function takeSignUp(
  tx: TenantTransaction,
  { orgId, codeDigest, now }: SignUp & { now: Temporal.Instant },
): Promise<TakenSignUp> {
  await tx.$executeRaw`
    delete from whatsapp_sign_ups where org_id = ${orgId}::uuid and started_at < ${toDate(now.subtract(keptFor))}`;
  const mine = await tx.$executeRaw`
    insert into whatsapp_sign_ups as known (org_id, code_digest, started_at)
    values (${orgId}::uuid, ${codeDigest}, ${toDate(now)})
    on conflict (org_id, code_digest) do update set started_at = excluded.started_at
    where known.sender_id is null and known.started_at < ${toDate(now.subtract(inHand))}`;
  if (mine === 1) return { kind: 'mine' };
  const [row] = await tx.$queryRaw<{ senderId: Id | null }[]>`
    select sender_id as "senderId" from whatsapp_sign_ups
    where org_id = ${orgId}::uuid and code_digest = ${codeDigest}`;
  const senderId = row?.senderId ?? null;
  return senderId === null ? { kind: 'in-hand' } : { kind: 'done', senderId };
}

/** Keeps what came of a code, in the transaction that writes the sender. */
export async function endSignUp(
  tx: TenantTransaction,
  { orgId, codeDigest, senderId }: SignUp & { senderId: Id },
): Promise<void> {
  await tx.$executeRaw`
    update whatsapp_sign_ups set sender_id = ${senderId}::uuid
    where org_id = ${orgId}::uuid and code_digest = ${codeDigest}`;
}

/** Nothing came of the code. */
export async function forgetSignUp(tx: TenantTransaction, { orgId, codeDigest }: SignUp): Promise<void> {
  await tx.$executeRaw`
    delete from whatsapp_sign_ups
    where org_id = ${orgId}::uuid and code_digest = ${codeDigest} and sender_id is null`;
}
