import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { CampaignDetails } from '../../ports.ts';
import { isClosed, type Campaign } from '../../tendlc/campaign.ts';

type Which = { orgId: Id; id: Id };
type Row = Omit<Campaign, 'askedAt' | 'createdAt' | 'stateAt'> & {
  askedAt: Date | null;
  createdAt: Date;
  stateAt: Date;
};

/** The campaign. Null: the clinic has none of this id. Whoever changes it holds the row of its brand. */
export async function findCampaign(tx: TenantTransaction, { orgId, id }: Which): Promise<Campaign | null> {
  const [campaign] = await read(tx, { orgId, id, brandId: null, before: null, atMost: 1 });
  return campaign ?? null;
}

/** Newest first, from behind the campaign `before`; of one brand or of all. */
export async function listCampaigns(
  tx: TenantTransaction,
  { brandId = null, ...page }: { orgId: Id; brandId?: Id | null; before: Id | null; atMost: number },
): Promise<Campaign[]> {
  return read(tx, { ...page, brandId, id: null });
}

type Wanted = { orgId: Id; id: Id | null; brandId: Id | null; before: Id | null; atMost: number };

async function read(tx: TenantTransaction, { orgId, id, brandId, before, atMost }: Wanted): Promise<Campaign[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select org_id as "orgId", id, brand_id as "brandId", state, details, external_id as "externalId", status,
      texts_per_minute as "textsPerMinute", reasons, insisted, appeal, revision, wanted_revision as "wantedRevision", submitted_revision as "submittedRevision",
      refused_revision as "refusedRevision", asked_at as "askedAt", created_at as "createdAt", state_at as "stateAt",
      exists (select from organizations g where g.id = org_id and g.left_at is not null) as "clinicLeft"
    from tendlc_campaigns
    where org_id = ${orgId}::uuid and (${id}::uuid is null or id = ${id}::uuid)
      and (${before}::uuid is null or id < ${before}::uuid)
      and (${brandId}::uuid is null or brand_id = ${brandId}::uuid)
    order by id desc limit ${atMost}::int`;
  return rows.map(campaignOf);
}

export async function insertCampaign(
  tx: TenantTransaction,
  { orgId, id, brandId, details, now }: Which & { brandId: Id; details: CampaignDetails; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    insert into tendlc_campaigns (org_id, id, brand_id, state, details, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, ${brandId}::uuid, 'draft', ${JSON.stringify(details)}::jsonb, ${toDate(now)}, ${toDate(now)})`;
}

/** Keeps other details; the registry has the older ones until they are submitted. */
export async function changeCampaign(
  tx: TenantTransaction,
  { orgId, id, details }: Which & { details: CampaignDetails },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_campaigns set details = ${JSON.stringify(details)}::jsonb, revision = revision + 1
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** A live campaign stays live while the registry takes in what was changed. */
export async function markCampaignSubmitted(
  tx: TenantTransaction,
  {
    orgId,
    id,
    insisted,
    appeal,
    now,
  }: Which & { insisted: string | null; appeal: string | null; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_campaigns set insisted = ${insisted}, appeal = ${appeal}, reasons = '{}', wanted_revision = revision, refused_revision = null,
      state_at = case when state = 'live' then state_at else ${toDate(now)} end,
      state = case when state = 'live' then state else 'submitted' end
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** Keeps that the registry is asked to take it in now: whoever looks next, after a crash or a lost answer, does not ask at once. Null: it did not. */
export async function markCampaignAsked(
  tx: TenantTransaction,
  { orgId, id, at }: Which & { at: Temporal.Instant | null },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_campaigns set asked_at = ${at && toDate(at)}::timestamptz where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

export type SettledCampaign = Pick<Campaign, 'state' | 'externalId' | 'status' | 'reasons' | 'appeal'> & {
  /** What came of its details that were handed in just now. Null: none were. */
  handedIn: 'taken' | 'refused' | null;
};

/** What the registry said of the details of this revision. False: they were changed meanwhile, and nothing is written. */
export async function settleCampaign(
  tx: TenantTransaction,
  { orgId, id, revision }: Which & { revision: number },
  { state, externalId, status, reasons, appeal, handedIn }: SettledCampaign,
  now: Temporal.Instant,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    update tendlc_campaigns set external_id = coalesce(${externalId}, external_id), status = ${status},
      reasons = ${[...reasons]}::text[], appeal = ${appeal}, asked_at = null, stays_because = null,
      submitted_revision = case when ${handedIn === 'taken'} then ${revision} else submitted_revision end,
      refused_revision = case when ${isClosed(state)} then null when ${handedIn === 'refused'} then ${revision} else refused_revision end,
      wanted_revision = case when ${handedIn === 'refused'} then null else wanted_revision end,
      state_at = case when state = ${state} then state_at else ${toDate(now)} end, state = ${state}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and revision = ${revision} and state <> 'draft'`;
  return written === 1;
}

/** The registry has it no more, since its clinic left; nothing of it is wanted there any longer. */
export async function noteCampaignEnded(
  tx: TenantTransaction,
  { orgId, id, externalId, now }: Which & { externalId: string; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_campaigns set state = 'expired', state_at = ${toDate(now)}, external_id = ${externalId}, reasons = '{}', appeal = null,
      asked_at = null, texts_per_minute = null, stays_because = null
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** Why the registry does not end it. */
export async function noteCampaignStays(
  tx: TenantTransaction,
  { orgId, id, externalId, reason }: Which & { externalId: string; reason: string },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_campaigns set external_id = ${externalId}, asked_at = null, stays_because = ${reason}
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

const campaignOf = ({ askedAt, createdAt, stateAt, ...row }: Row): Campaign => ({
  ...row,
  askedAt: askedAt === null ? null : toInstant(askedAt),
  createdAt: toInstant(createdAt),
  stateAt: toInstant(stateAt),
});
