import { PermanentFailure } from '@frontdesk/kernel';
import { orRefusal } from '../or-refusal.ts';
import { markCampaignAsked, noteCampaignEnded, noteCampaignStays } from '../postgres/tendlc/campaigns.ts';
import type { NextLook } from '../registration.ts';
import type { Brand } from './brand.ts';
import { campaignStandingOf } from './campaign-status.ts';
import { isClosedForGood, type Campaign } from './campaign.ts';
import { mayBeUnlisted, noteMove, standingLook, type TenDlcPorts } from './registry-hand.ts';

const beforeLookingAgain = Temporal.Duration.from({ minutes: 1 });

/** Ends a campaign whose clinic has left at the registry, which bills it each month. */
export function makeEndCampaign({ inTenant, registry, clock }: TenDlcPorts) {
  /** What was submitted may be there though its answer was lost. */
  async function idOf({ id, externalId, askedAt }: Campaign, brand: Brand): Promise<string | null> {
    if (externalId !== null || askedAt === null || brand.externalId === null) return externalId;
    const found = await registry.findCampaign({ reference: id, brandExternalId: brand.externalId });
    return found?.externalId ?? null;
  }

  /** An earlier try may have ended it though its answer was lost. */
  async function hasEnded(externalId: string): Promise<boolean> {
    const standing = await registry.readCampaign(externalId);
    return standing === null || isClosedForGood({ ...standing, state: campaignStandingOf(standing.status).state });
  }

  return async (campaign: Campaign, brand: Brand): Promise<NextLook> => {
    const { orgId, id, askedAt } = campaign;
    const gone = [`tendlc-campaign:${id}:`];
    if (isClosedForGood(campaign)) return { at: null, gone };
    const externalId = await idOf(campaign, brand);
    const now = clock();
    if (externalId === null) {
      if (mayBeUnlisted(askedAt, now)) return { at: now.add(beforeLookingAgain), gone };
      if (askedAt !== null) await inTenant(orgId, (tx) => markCampaignAsked(tx, { orgId, id, at: null }));
      // What was submitted at the moment of leaving is handed in when the clinic comes back.
      return { at: campaign.state === 'draft' ? null : now.add(standingLook), gone };
    }
    const ended = await orRefusal(registry.endCampaign(externalId));
    if (ended instanceof PermanentFailure && !(await hasEnded(externalId))) {
      await inTenant(orgId, (tx) => noteCampaignStays(tx, { orgId, id, externalId, reason: ended.message }));
      return { at: now.add(standingLook), gone };
    }
    await inTenant(orgId, async (tx) => {
      await noteCampaignEnded(tx, { orgId, id, externalId, now });
      await noteMove(tx, { orgId, id, subject: 'tendlc_campaign', state: 'expired', now });
    });
    return { at: null, gone };
  };
}
