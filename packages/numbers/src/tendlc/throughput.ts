import type { BrandDetails, CampaignDetails } from '../ports.ts';

/**
 * What AT&T takes of a campaign in a minute, by use case and the score of its brand (Telnyx: 10DLC rate limits). All carriers
 * are held to it, since nobody knows beforehand whose phone a text goes to.
 */
export function textsPerMinute(usecase: CampaignDetails['usecase'], score: number | null): number {
  if (usecase === 'SOLE_PROPRIETOR') return 15;
  if (usecase === 'LOW_VOLUME') return 75;
  if (score === null || score < 50) return 240;
  return score < 75 ? 2_400 : 4_500;
}

/**
 * What T-Mobile takes of all campaigns of a brand in a day (same source; another page of it has other numbers), in parts: it counts
 * each of a long text (Twilio: T-Mobile daily message limits).
 */
export function textsPerDay(entityType: BrandDetails['entityType'], score: number | null): number {
  if (entityType === 'SOLE_PROPRIETOR') return 1_000;
  if (score === null || score < 25) return 2_000;
  if (score < 50) return 10_000;
  return score < 75 ? 40_000 : 200_000;
}

/** The day of T-Mobile's limit is that of this zone. UNVERIFIED: it is what resellers say. */
export const tMobileZone = 'America/Los_Angeles';

/** From this share of the day's texts on, the clinic is warned. */
const warnFrom = 0.8;

export type DayOfBrand = { taken: number; atMost: number; warning: string | null };

/** How much of the day T-Mobile has taken at most, in parts: nobody knows which of them went there. */
export function dayOfBrand(taken: number, atMost: number): DayOfBrand {
  if (taken >= atMost) {
    return { taken, atMost, warning: 'T-Mobile may refuse further texts until midnight in California.' };
  }
  const warning =
    taken < atMost * warnFrom
      ? null
      : `Only ${atMost - taken} more parts of texts are sure to reach T-Mobile’s customers before midnight in California.`;
  return { taken, atMost, warning };
}
