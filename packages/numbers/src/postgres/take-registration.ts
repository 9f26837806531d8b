import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { ProviderNews, Registration } from '../registration.ts';

/** A registration that this process alone looks at until the lease ends. */
export type TakenRegistration = Registration & {
  /** Since when its provider does not serve our account. */
  unservedSince: Date | null;
  /** What `rung` was when it was taken. */
  rung: number;
  /** Which lease this is: whoever looked for longer than it lasted has lost it. */
  leasedUntil: Date;
};

/** Takes the lease of a registration. Null when somebody else has it, or there is no such registration. */
export async function takeRegistration(
  tx: TenantTransaction,
  { orgId, id, now, leasedUntil }: { orgId: Id; id: Id; now: Temporal.Instant; leasedUntil: Temporal.Instant },
): Promise<TakenRegistration | null> {
  const [taken] = await tx.$queryRaw<TakenRegistration[]>`
    update registrations set leased_until = ${toDate(leasedUntil)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and due_at <= ${toDate(now)}
      and (leased_until is null or leased_until <= ${toDate(now)})
    returning org_id as "orgId", id, subject, provider, external_id as "externalId", tries, rung, news,
      unserved_since as "unservedSince", leased_until as "leasedUntil"`;
  return taken ?? null;
}

/** Keeps what the provider tells of a registration, and makes it due. Returns false when the clinic has none of this id. */
export async function hearOfRegistration(
  tx: TenantTransaction,
  { orgId, id, news, now }: { orgId: Id; id: Id; news: ProviderNews; now: Temporal.Instant },
): Promise<boolean> {
  const heard = await tx.$executeRaw`
    update registrations set due_at = ${toDate(now)}, rung = rung + 1, tries = 0, news = ${JSON.stringify(news)}::jsonb
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  return heard === 1;
}

export type Look = {
  next: Temporal.Instant | null;
  externalId?: string;
  tries: number;
  error: string | null;
  unservedSince: Temporal.Instant | null;
};

/**
 * Ends the look: the lease goes, and the registration is due when the look says, or at once when somebody rang meanwhile.
 * Returns when that is. Whoever lost the lease ends nothing.
 */
export async function endLook(
  tx: TenantTransaction,
  taken: TakenRegistration,
  { next, externalId, tries, error, unservedSince, now }: Look & { now: Temporal.Instant },
): Promise<Temporal.Instant | null> {
  const [row] = await tx.$queryRaw<{ due_at: Date | null }[]>`
    update registrations set leased_until = null, looked_at = ${toDate(now)}, tries = ${tries}, last_error = ${error},
      unserved_since = ${unservedSince === null ? null : toDate(unservedSince)}::timestamptz,
      external_id = coalesce(${externalId ?? null}, external_id),
      news = case when rung = ${taken.rung} then null else news end,
      due_at = case when rung = ${taken.rung} then ${next === null ? null : toDate(next)}::timestamptz else ${toDate(now)} end
    where org_id = ${taken.orgId}::uuid and id = ${taken.id}::uuid and leased_until = ${taken.leasedUntil}
    returning due_at`;
  return row === undefined || row.due_at === null ? null : toInstant(row.due_at);
}
