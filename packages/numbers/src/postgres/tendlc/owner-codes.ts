import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { CodesSent } from '../../code-limits.ts';
import type { OwnerCode } from '../../tendlc/brand.ts';

type Which = { orgId: Id; id: Id };

/** Locks the brand and every other of the clinic with the same owner's phone, always in the same order. */
export async function lockBrandsOfMobile(tx: TenantTransaction, { orgId, id }: Which): Promise<void> {
  await tx.$queryRaw`
    select from tendlc_brands b
    where b.org_id = ${orgId}::uuid and (b.id = ${id}::uuid or b.details ->> 'mobilePhone' = (select o.details ->> 'mobilePhone'
      from tendlc_brands o where o.org_id = ${orgId}::uuid and o.id = ${id}::uuid))
    order by b.id for update of b`;
}

/** The codes that went to a phone, whichever of the clinic's brands they were for. What a clock that was ahead wrote counts for nothing else. */
export async function codesToMobile(
  tx: TenantTransaction,
  { orgId, mobile, now }: { orgId: Id; mobile: string; now: Temporal.Instant },
): Promise<CodesSent> {
  const [row] = await tx.$queryRaw<{ count: number; lastAt: Date }[]>`
    select codes_sent as count, code_sent_at as "lastAt" from tendlc_brands
    where org_id = ${orgId}::uuid and details ->> 'mobilePhone' = ${mobile} and code_sent_at is not null
    order by code_sent_at <= ${toDate(now.add({ minutes: 1 }))} desc, code_sent_at desc, codes_sent desc limit 1`;
  return row === undefined ? { count: 0, lastAt: null } : { count: row.count, lastAt: toInstant(row.lastAt) };
}

export async function noteCodeSent(
  tx: TenantTransaction,
  { orgId, id, count, now }: Which & { count: number; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_brands set codes_sent = ${count}, code_sent_at = ${toDate(now)}, code_tries = 0, code_confirmed_at = null
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** The code that was noted at `now` was not sent after all: what held before holds again. */
export async function takeBackCode(
  tx: TenantTransaction,
  { orgId, id, before, now }: Which & { before: OwnerCode; now: Temporal.Instant },
): Promise<void> {
  const { sent, sentAt, tries, confirmedAt } = before;
  await tx.$executeRaw`
    update tendlc_brands set codes_sent = ${sent}, code_sent_at = ${sentAt && toDate(sentAt)}, code_tries = ${tries},
      code_confirmed_at = ${confirmedAt && toDate(confirmedAt)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and code_sent_at = ${toDate(now)}`;
}

export async function countTry(tx: TenantTransaction, { orgId, id }: Which): Promise<void> {
  await tx.$executeRaw`
    update tendlc_brands set code_tries = code_tries + 1 where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** False: somebody else has noted it just now. */
export async function noteConfirmed(
  tx: TenantTransaction,
  { orgId, id, now }: Which & { now: Temporal.Instant },
): Promise<boolean> {
  const written = await tx.$executeRaw`
    update tendlc_brands set code_confirmed_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and code_confirmed_at is null`;
  return written === 1;
}
