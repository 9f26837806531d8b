import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { BrandDetails, CampaignDetails } from '../ports.ts';
import { isEinUsed } from '../postgres/tendlc/brands.ts';
import { clinicName, textsInMonth } from '../postgres/tendlc/facts-of-clinic.ts';
import { checkBrand, checkCampaign, wordsOfCampaign } from './lint/check.ts';
import type { ContentFinding, Finding } from './lint/lint.ts';

/** What carriers do not take of these words. Whoever composes the desk knows it. */
export type ContentOf = (fields: readonly { pointer: string; text: string }[]) => readonly ContentFinding[];

/** What the registry would say to a brand, before it is asked. */
export async function findingsOfBrand(
  tx: TenantTransaction,
  { details, butBrand, contentOf }: { details: BrandDetails; butBrand: Id | null; contentOf: ContentOf },
): Promise<Finding[]> {
  return checkBrand(details, {
    einUsedElsewhere: await isEinUsed(tx, { ein: details.ein, butBrand }),
    content: contentOf([{ pointer: '/website', text: details.website ?? '' }]),
  });
}

/** What registry and carriers would say to a campaign of this brand, before they are asked. */
export async function findingsOfCampaign(
  tx: TenantTransaction,
  wanted: { orgId: Id; brand: BrandDetails; details: CampaignDetails; contentOf: ContentOf; now: Temporal.Instant },
): Promise<Finding[]> {
  const { orgId, brand, details, contentOf, now } = wanted;
  return checkCampaign(details, {
    names: [brand.displayName, brand.legalName, await clinicName(tx, orgId)],
    website: brand.website,
    isSoleProprietor: brand.entityType === 'SOLE_PROPRIETOR',
    textsInMonth: await textsInMonth(tx, { orgId, now }),
    content: contentOf(wordsOfCampaign(details)),
  });
}
