import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import { dropExternalId } from '../external-ids.ts';
import type { CampaignNumber, CampaignNumberState } from '../../tendlc/campaign-number.ts';

type Which = { orgId: Id; id: Id };
type Row = Omit<CampaignNumber, 'askedAt' | 'createdAt' | 'stateAt'> & {
  askedAt: Date | null;
  createdAt: Date;
  stateAt: Date;
};

export async function findCampaignNumber(tx: TenantTransaction, { orgId, id }: Which): Promise<CampaignNumber | null> {
  const [link] = await read(tx, { orgId, id, campaignId: null });
  return link ?? null;
}

/** All numbers that are in a campaign of the clinic, or on their way; or those of one campaign. */
export async function campaignNumbers(
  tx: TenantTransaction,
  { orgId, campaignId = null }: { orgId: Id; campaignId?: Id | null },
): Promise<CampaignNumber[]> {
  return read(tx, { orgId, id: null, campaignId });
}

/** One, also when it is in none any more; or those that are. */
async function read(
  tx: TenantTransaction,
  { orgId, id, campaignId }: { orgId: Id; id: Id | null; campaignId: Id | null },
): Promise<CampaignNumber[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select org_id as "orgId", id, campaign_id as "campaignId", e164 as number, wanted, state, reason, asked_at as "askedAt", created_at as "createdAt",
      state_at as "stateAt"
    from tendlc_numbers
    where org_id = ${orgId}::uuid and (id = ${id}::uuid or ${id}::uuid is null and state <> 'removed')
      and (${campaignId}::uuid is null or campaign_id = ${campaignId}::uuid)
    order by e164 limit 500`;
  return rows.map(numberOf);
}

/** What the clinic bought at Telnyx and no campaign ever had, a hundred of them. */
export async function boughtInNoCampaign(tx: TenantTransaction, { orgId }: { orgId: Id }): Promise<PhoneNumber[]> {
  const rows = await tx.$queryRaw<{ number: PhoneNumber }[]>`
    select p.e164 as number from phone_numbers p
    where p.org_id = ${orgId}::uuid and p.carrier = 'telnyx' and p.origin = 'bought'
      and not exists (select from tendlc_numbers n where n.org_id = p.org_id and n.e164 = p.e164)
    order by p.e164 limit 100`;
  return rows.map(({ number }) => number);
}

/** The row of a number in a campaign. Null: the number is in one already, or on its way there or out. */
export async function insertCampaignNumber(
  tx: TenantTransaction,
  { orgId, id, campaignId, number, now }: Which & { campaignId: Id; number: string; now: Temporal.Instant },
): Promise<boolean> {
  const written = await tx.$executeRaw`
    insert into tendlc_numbers (org_id, id, campaign_id, e164, wanted, state, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, ${campaignId}::uuid, ${number}, 'in', 'pending', ${toDate(now)}, ${toDate(now)})
    on conflict (org_id, e164) where state <> 'removed' do nothing`;
  return written === 1;
}

/** Wants a number in that was in this campaign before: its row goes on. Null: it never was. */
export async function reviveCampaignNumber(
  tx: TenantTransaction,
  { orgId, campaignId, number, now }: { orgId: Id; campaignId: Id; number: string; now: Temporal.Instant },
): Promise<Id | null> {
  const [row] = await tx.$queryRaw<{ id: Id }[]>`
    update tendlc_numbers set wanted = 'in', state = 'pending', asked_at = null, reason = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = (select max(id::text)::uuid from tendlc_numbers
      where org_id = ${orgId}::uuid and campaign_id = ${campaignId}::uuid and e164 = ${number} and state = 'removed')
    returning id`;
  return row?.id ?? null;
}

/** Wants a number in again after it failed, or out. */
export async function wantCampaignNumber(
  tx: TenantTransaction,
  { orgId, id, wanted, now }: Which & { wanted: 'in' | 'out'; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_numbers set wanted = ${wanted}, state = case when ${wanted} = 'in' then 'pending' else state end,
      asked_at = null, reason = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state <> 'removed'`;
}

/** The number is in this campaign no more, and nobody has to be asked for that. It may be in another one at once. */
export async function leaveCampaign(
  tx: TenantTransaction,
  { orgId, id, now }: Which & { now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_numbers set wanted = 'out', state = 'removed', state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  await dropExternalId(tx, { orgId, id });
}

/** Keeps that the registry is asked for it now. */
export async function markAsked(
  tx: TenantTransaction,
  { orgId, id, now }: Which & { now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_numbers set asked_at = ${toDate(now)} where org_id = ${orgId}::uuid and id = ${id}::uuid and wanted = 'in'`;
}

/** Where the number is now. False: somebody wants something else of it meanwhile, and nothing is written. */
export async function settleCampaignNumber(
  tx: TenantTransaction,
  { orgId, id, wanted }: Pick<CampaignNumber, 'orgId' | 'id' | 'wanted'>,
  { state, reason }: { state: CampaignNumberState; reason: string | null },
  now: Temporal.Instant,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    update tendlc_numbers set reason = ${reason},
      state_at = case when state = ${state} then state_at else ${toDate(now)} end, state = ${state}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and wanted = ${wanted} and state <> 'removed'`;
  return written === 1;
}

const numberOf = ({ askedAt, createdAt, stateAt, ...row }: Row): CampaignNumber => ({
  ...row,
  askedAt: askedAt === null ? null : toInstant(askedAt),
  createdAt: toInstant(createdAt),
  stateAt: toInstant(stateAt),
});
