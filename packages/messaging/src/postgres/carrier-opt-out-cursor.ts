import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

type Profile = { orgId: Id; messagingProfileId: string };

/** Claims the next reading of a carrier's list, and returns up to where it was read before. Null when it was read just now. */
export async function takeReading(
  tx: TenantTransaction,
  { orgId, messagingProfileId }: Profile,
  { now, lookedBefore }: { now: Temporal.Instant; lookedBefore: Temporal.Instant },
): Promise<Temporal.Instant | null> {
  const [row] = await tx.$queryRaw<{ read_until: Date }[]>`
    insert into carrier_opt_out_cursors as c (org_id, messaging_profile_id, read_until, looked_at)
    values (${orgId}::uuid, ${messagingProfileId}, 'epoch', ${toDate(now)})
    on conflict (org_id, messaging_profile_id) do update set looked_at = excluded.looked_at
      where c.looked_at < ${toDate(lookedBefore)}
    returning read_until`;
  return row === undefined ? null : toInstant(row.read_until);
}

export async function setReadUntil(
  tx: TenantTransaction,
  { orgId, messagingProfileId }: Profile,
  until: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    update carrier_opt_out_cursors set read_until = greatest(read_until, ${toDate(until)})
    where org_id = ${orgId}::uuid and messaging_profile_id = ${messagingProfileId}`;
}

export async function numbersOfProfile(
  tx: TenantTransaction,
  { orgId, messagingProfileId }: Profile,
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ e164: string }[]>`
    select e164 from phone_numbers where org_id = ${orgId}::uuid and messaging_profile_id = ${messagingProfileId}`;
  return new Set(rows.map(({ e164 }) => e164));
}
