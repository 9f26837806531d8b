import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

export type KeyedRequest = {
  orgId: Id;
  key: string;
  /** SHA-256 in hex of what the caller wants. */
  digest: string;
};

export type KnownAnswer = { status: number; body: unknown };

/**
 * What is known of a request with this key.
 * - new: nobody has handled it, and until this transaction ends nobody else can.
 * - in-flight: another transaction is at it.
 * - answered: it was handled; this is its answer.
 * - reused: the key belongs to another request.
 */
export type Known =
  | { kind: 'new' }
  | { kind: 'in-flight' }
  | { kind: 'reused' }
  | { kind: 'answered'; answer: KnownAnswer };

/** Takes the key for this transaction. */
export async function takeKey(tx: TenantTransaction, { orgId, key, digest }: KeyedRequest): Promise<Known> {
  const [lock] = await tx.$queryRaw<{ mine: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${orgId} ${key}`}, 0)) as mine`;
  if (lock?.mine !== true) return { kind: 'in-flight' };
  // Whoever had the lock before has committed, and this statement sees it.
  const [row] = await tx.$queryRaw<{ same: boolean; status: number; response: unknown }[]>`
    select request_digest = decode(${digest}, 'hex') as same, status, response from idempotency_keys
    where org_id = ${orgId}::uuid and key = ${key}`;
  if (row === undefined) return { kind: 'new' };
  return row.same ? { kind: 'answered', answer: { status: row.status, body: row.response } } : { kind: 'reused' };
}

/** Keeps the answer in the transaction of what it tells of. */
export async function keepAnswer(
  tx: TenantTransaction,
  { orgId, key, digest }: KeyedRequest,
  { status, body }: KnownAnswer,
  now: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    insert into idempotency_keys (org_id, key, request_digest, status, response, created_at)
    values (${orgId}::uuid, ${key}, decode(${digest}, 'hex'), ${status}::smallint, ${JSON.stringify(body)}::jsonb,
      ${toDate(now)})`;
}
