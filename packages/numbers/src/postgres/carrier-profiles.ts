import type { PhoneCarrier } from '@frontdesk/contracts';
import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

type Whose = { orgId: Id; carrier: PhoneCarrier };

/** The clinic's profile at the carrier and its name there. */
export async function readProfile(
  tx: TenantTransaction,
  { orgId, carrier }: Whose,
): Promise<{ clinicName: string; profileId: string | null } | null> {
  const [row] = await tx.$queryRaw<{ clinicName: string; profileId: string | null }[]>`
    select o.name as "clinicName", p.profile_id as "profileId"
    from organizations o left join carrier_profiles p on p.org_id = o.id and p.carrier = ${carrier}
    where o.id = ${orgId}::uuid`;
  return row ?? null;
}

/**
 * Keeps the clinic's profile. One that it has already stays; the answer is the one that holds.
 * @throws a unique violation when another clinic has this profile: its people's STOP would silence both
 */
export async function keepProfile(
  tx: TenantTransaction,
  { orgId, carrier, profileId, now }: Whose & { profileId: string; now: Temporal.Instant },
): Promise<string> {
  await tx.$executeRaw`
    insert into carrier_profiles (org_id, carrier, profile_id, created_at)
    values (${orgId}::uuid, ${carrier}, ${profileId}, ${toDate(now)})
    on conflict (org_id, carrier) do nothing`;
  const [kept] = await tx.$queryRaw<{ profile_id: string }[]>`
    select profile_id from carrier_profiles where org_id = ${orgId}::uuid and carrier = ${carrier}`;
  return kept?.profile_id ?? profileId;
}

/** The profile of a clinic that has left. Null: it is with the desk, or has none there. */
export async function profileOfLeaver(tx: TenantTransaction, { orgId, carrier }: Whose): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ profile_id: string }[]>`
    select p.profile_id from carrier_profiles p join organizations o on o.id = p.org_id
    where p.org_id = ${orgId}::uuid and p.carrier = ${carrier} and o.left_at is not null`;
  return row?.profile_id ?? null;
}

/** Why the carrier does not end the campaigns of the profile. Null: it has none any more. */
export async function noteCampaignsStay(
  tx: TenantTransaction,
  { orgId, carrier, because }: Whose & { because: string | null },
): Promise<void> {
  await tx.$executeRaw`
    update carrier_profiles set campaigns_stay_because = ${because}
    where org_id = ${orgId}::uuid and carrier = ${carrier}`;
}
