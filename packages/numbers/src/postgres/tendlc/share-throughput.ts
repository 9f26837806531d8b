import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { isClosed } from '../../tendlc/campaign.ts';
import { textsPerMinute } from '../../tendlc/throughput.ts';
import { listCampaigns } from './campaigns.ts';

const atMost = 100;

/**
 * Gives every number of the brand's campaigns the throughput that it has now: what its campaign has together while that is
 * live, and none once it was closed, when their texts wait. Numbers in the hands of reviewers keep what they have. The caller holds the row of
 * the brand, so that of two who change something of it the later sees the earlier.
 */
export async function shareThroughput(
  tx: TenantTransaction,
  { orgId, brandId, score }: { orgId: Id; brandId: Id; score: number | null },
): Promise<void> {
  for (const { id, state, details, externalId } of await listCampaigns(tx, { orgId, brandId, before: null, atMost })) {
    const isLive = state === 'live';
    if (!isLive && !isClosed(state)) continue;
    const perMinute = isLive ? textsPerMinute(details.usecase, score) : null;
    const campaign = isLive ? externalId : null;
    await tx.$executeRaw`
      with campaign as (
        update tendlc_campaigns set texts_per_minute = ${perMinute}::integer
        where org_id = ${orgId}::uuid and id = ${id}::uuid
      )
      update phone_numbers p set campaign = ${campaign}, texts_per_second = ${perMinute}::real / 60, campaign_closed = ${!isLive}
      from tendlc_numbers n
      where n.org_id = ${orgId}::uuid and n.campaign_id = ${id}::uuid and n.state = 'added' and p.org_id = n.org_id and p.e164 = n.e164
        and (p.campaign is distinct from ${campaign} or p.texts_per_second is distinct from (${perMinute}::real / 60)::real
          or p.campaign_closed = ${isLive})`;
  }
}

/** A number that has left its campaign has nothing of it any more: it is like one that never was in any. */
export async function loseShare(
  tx: TenantTransaction,
  { orgId, number }: { orgId: Id; number: string },
): Promise<void> {
  await tx.$executeRaw`
    update phone_numbers set campaign = null, texts_per_second = null, campaign_closed = false
    where org_id = ${orgId}::uuid and e164 = ${number}`;
}

/** Whether texts from some number of the campaign wait until one is live. */
export async function textsWaitFor(
  tx: TenantTransaction,
  { orgId, campaignId }: { orgId: Id; campaignId: Id },
): Promise<boolean> {
  const closed = await tx.$queryRaw<unknown[]>`
    select from tendlc_numbers n join phone_numbers p on p.org_id = n.org_id and p.e164 = n.e164
    where n.org_id = ${orgId}::uuid and n.campaign_id = ${campaignId}::uuid and n.state <> 'removed' and p.campaign_closed limit 1`;
  return closed.length > 0;
}
