import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { ringRegistration } from '../request-registration.ts';

/** Rings for the campaigns that wait for their brand to be verified. */
export async function ringWaitingCampaigns(
  tx: TenantTransaction,
  { orgId, brandId, now }: { orgId: Id; brandId: Id; now: Temporal.Instant },
): Promise<void> {
  const waiting = await tx.$queryRaw<{ id: Id }[]>`
    select id from tendlc_campaigns
    where org_id = ${orgId}::uuid and brand_id = ${brandId}::uuid and state = 'submitted' order by id limit 100`;
  for (const { id } of waiting) await ringRegistration(tx, { orgId, id, correlationId: id, now });
}

/** Rings for the numbers that wait for their campaign to be live. */
export async function ringWaitingNumbers(
  tx: TenantTransaction,
  { orgId, campaignId, now }: { orgId: Id; campaignId: Id; now: Temporal.Instant },
): Promise<void> {
  const waiting = await tx.$queryRaw<{ id: Id }[]>`
    select id from tendlc_numbers
    where org_id = ${orgId}::uuid and campaign_id = ${campaignId}::uuid and state = 'pending' order by id limit 500`;
  for (const { id } of waiting) await ringRegistration(tx, { orgId, id, correlationId: id, now });
}

/**
 * Rings for a campaign that counts as live though carriers refuse a text of it: the registry's event may have been lost. At most once an
 * hour, since some carriers need days for a number. One that is live is looked at each day.
 */
export async function ringDoubtedCampaign(
  tx: TenantTransaction,
  { orgId, campaignId, now }: { orgId: Id; campaignId: Id; now: Temporal.Instant },
): Promise<void> {
  const doubted = await tx.$queryRaw<unknown[]>`
    select from registrations r join tendlc_campaigns c on c.org_id = r.org_id and c.id = r.id
    where r.org_id = ${orgId}::uuid and r.id = ${campaignId}::uuid and c.state = 'live'
      and r.due_at > ${toDate(now)} and r.due_at <= ${toDate(now.add({ hours: 23 }))}`;
  if (doubted.length === 0) return;
  await ringRegistration(tx, { orgId, id: campaignId, correlationId: campaignId, now });
}
