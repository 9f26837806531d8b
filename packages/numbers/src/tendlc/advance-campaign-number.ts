import { pollAfter } from '../poll-after.ts';
import type { CampaignNumberStanding } from '../ports.ts';
import { findBrand } from '../postgres/tendlc/brands.ts';
import { findCampaign } from '../postgres/tendlc/campaigns.ts';
import { findCampaignNumber, markAsked, settleCampaignNumber } from '../postgres/tendlc/campaign-numbers.ts';
import { loseShare, shareThroughput } from '../postgres/tendlc/share-throughput.ts';
import { dropExternalId, keepExternalId } from '../postgres/external-ids.ts';
import type { Advance } from '../registration.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignNumber, CampaignNumberState } from './campaign-number.ts';
import { refusedCause } from './refused-for-registration.ts';
import { ask, noteMove, standingLook, type TenDlcPorts } from './registry-hand.ts';

type Settled = { state: CampaignNumberState; reason: string | null };

/** Puts a number into its campaign once that is live, or takes it out of it. */
export function makeAdvanceCampaignNumber({ inTenant, registry, openTask, closeTasks, clock }: TenDlcPorts): Advance {
  async function bringIn(link: CampaignNumber, campaignExternalId: string): Promise<Settled> {
    const { orgId, id, number } = link;
    const found = await registry.readNumber(number);
    const isIn = found?.campaignExternalId === campaignExternalId;
    // A failure of before this wish was asked for is about an older one.
    if (found !== null && isIn && (found.status !== 'failed' || link.askedAt !== null)) return settledBy(found);
    if (found !== null && !isIn) await registry.removeNumber(number);
    await inTenant(orgId, async (tx) => {
      await markAsked(tx, { orgId, id, now: clock() });
      // The registry calls a number in a campaign by itself.
      await keepExternalId(tx, { orgId, id, externalId: number });
    });
    const { standing, no } = await ask<CampaignNumberStanding>(() =>
      registry.assignNumber({ number, campaignExternalId }),
    );
    return standing === null ? { state: 'failed', reason: no } : settledBy(standing);
  }

  async function takeOut({ number }: CampaignNumber, campaignExternalId: string | null): Promise<Settled> {
    const found = campaignExternalId === null ? null : await registry.readNumber(number);
    // In another campaign by now it is somebody else's to take out.
    if (found !== null && found.campaignExternalId === campaignExternalId) await registry.removeNumber(number);
    return { state: 'removed', reason: null };
  }

  return async ({ orgId, id }) => {
    const found = await inTenant(orgId, async (tx) => {
      const link = await findCampaignNumber(tx, { orgId, id });
      return link && { link, campaign: await findCampaign(tx, { orgId, id: link.campaignId }) };
    });
    if (found === null || found.campaign === null || found.link.state === 'removed') return { at: null };
    const { link, campaign } = found;
    const { externalId } = campaign;
    // The campaign rings for those that wait for it when it is live. One that is in stays in while its campaign is suspended.
    if (link.wanted === 'in' && (externalId === null || campaign.state !== 'live')) {
      return { at: link.state === 'added' ? clock().add(standingLook) : null };
    }
    const settled = link.wanted === 'in' ? await bringIn(link, externalId ?? '') : await takeOut(link, externalId);
    const now = clock();
    const written = await settle(link, campaign, settled, now);
    if (!written) return { at: now };
    if (settled.state === 'removed') return { at: null };
    return { at: nextLook(link, settled.state, now) };
  };

  async function settle(
    link: CampaignNumber,
    campaign: Campaign,
    settled: Settled,
    now: Temporal.Instant,
  ): Promise<boolean> {
    const { orgId, id, number } = link;
    return inTenant(orgId, async (tx) => {
      const brand = await findBrand(tx, { orgId, id: campaign.brandId, lock: true });
      if (brand === null || !(await settleCampaignNumber(tx, link, settled, now))) return false;
      // One that never got in still has what its campaign of before left behind.
      if (settled.state === 'removed' || (settled.state !== 'added' && link.state === 'added')) {
        await loseShare(tx, { orgId, number });
      }
      if (settled.state === 'removed') await dropExternalId(tx, { orgId, id });
      await shareThroughput(tx, { orgId, brandId: brand.id, score: brand.score });
      if (settled.state === link.state) return true;
      await noteMove(tx, { orgId, id, subject: 'tendlc_number', state: settled.state, now });
      const causes = `tendlc-number:${id}:`;
      await closeTasks(tx, { orgId, causes, now });
      if (settled.state === 'added') await closeTasks(tx, { orgId, causes: `${refusedCause(number)}:`, now });
      if (settled.state === 'failed') {
        const reason = `The number ${number} could not be added to the campaign: ${settled.reason ?? 'the registry gives no reason'}. Add it again, or ask the support of Telnyx.`;
        await openTask(tx, { orgId, causeKey: `${causes}${now.epochMilliseconds}`, reason, now });
      }
      return true;
    });
  }
}

const settledBy = ({ status, reason }: CampaignNumberStanding): Settled => ({
  state: status,
  reason: status === 'failed' ? (reason ?? 'The registry gives no reason.') : null,
});

function nextLook(link: CampaignNumber, state: CampaignNumberState, now: Temporal.Instant): Temporal.Instant | null {
  if (state === 'pending') return pollAfter(link.askedAt ?? now, now);
  return state === 'failed' ? null : now.add(standingLook);
}
