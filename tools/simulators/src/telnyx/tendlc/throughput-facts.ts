import type { Brand, Campaign } from './registry.ts';

/**
 * What the networks take of a campaign, by the brand's score, in the shape of the registry's metadata: AT&T's class and texts a
 * minute per campaign, T-Mobile's tier and texts a day per brand.
 */
export function mnoMetadata(campaign: Campaign, brand: Brand | undefined): Record<string, unknown> {
  const usecase = String(campaign.details['usecase']);
  const score = brand?.score ?? 0;
  const common = { qualify: true, mnoSupport: true, mnoReview: true, minMsgSamples: 1, ...requirements };
  const [msgClass, tpm] = atT(usecase, score);
  const [brandTier, brandDailyCap] = tMobile(usecase, score);
  return {
    '10017': { mno: 'AT&T', msgClass, tpm, tpmScope: 'CAMPAIGN', ...common },
    '10035': { mno: 'T-Mobile', brandTier, brandDailyCap, ...common },
    '10038': { mno: 'Verizon Wireless', ...common },
  };
}

const requirements = {
  reqSubscriberOptin: true,
  reqSubscriberOptout: true,
  reqSubscriberHelp: true,
  noEmbeddedLink: false,
  noEmbeddedPhone: false,
};

function atT(usecase: string, score: number): readonly [msgClass: string, textsPerMinute: number] {
  if (usecase === 'SOLE_PROPRIETOR') return ['W', 15];
  if (usecase === 'LOW_VOLUME') return ['T', 75];
  if (score >= 75) return ['A', 4_500];
  if (score >= 50) return ['C', 2_400];
  return ['E', 240];
}

function tMobile(usecase: string, score: number): readonly [tier: string, textsPerDay: number] {
  if (usecase === 'SOLE_PROPRIETOR') return ['LOW', 1_000];
  if (score >= 75) return ['TOP', 200_000];
  if (score >= 50) return ['HIGH_MID', 40_000];
  if (score >= 25) return ['LOW_MID', 10_000];
  return ['LOW', 2_000];
}
