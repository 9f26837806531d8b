import type { CampaignNumber, CampaignStatus, IdentityStatus, Registry, RegistryReason } from './registry.ts';

/** What the people at the registry, at Telnyx and at the networks decide. */
export interface Reviewers {
  /** A sole proprietor is only SELF_DECLARED before the code of their phone. */
  approveBrand: (
    brandId: string,
    found?: { identity?: IdentityStatus; score?: number; reasons?: readonly RegistryReason[] },
  ) => void;
  failBrand: (brandId: string, reasons: readonly RegistryReason[]) => void;
  /** An external vetting has ended. */
  vetBrand: (brandId: string, score: number) => void;
  /** Through every step to MNO_PROVISIONED. */
  approveCampaign: (campaignId: string) => void;
  rejectCampaign: (
    campaignId: string,
    by: 'registry' | 'telnyx' | 'network',
    reasons: readonly RegistryReason[],
  ) => void;
  /** Any other status, with an event of the registry. */
  moveCampaign: (campaignId: string, status: CampaignStatus, description?: string) => void;
  decideNumber: (number: string, decision: { failed: string } | 'assigned') => void;
}

export function createReviewers(registry: Registry): Reviewers {
  const code = (id: string) => id.replaceAll('-', '').slice(-6).toUpperCase();

  function move(campaignId: string, status: CampaignStatus, payload: Record<string, unknown>): void {
    const campaign = registry.campaign(campaignId);
    campaign.status = status;
    campaign.tcrCampaignId ??= `C${code(campaignId)}`;
    registry.tellOfCampaign(campaign, payload);
  }

  return {
    approveBrand(brandId, { identity, score, reasons = [] } = {}) {
      const brand = registry.brand(brandId);
      const isSole = brand.details['entityType'] === 'SOLE_PROPRIETOR';
      brand.status = 'OK';
      brand.identityStatus = identity ?? (isSole ? 'SELF_DECLARED' : 'VERIFIED');
      brand.tcrBrandId ??= `B${code(brandId)}`;
      brand.reasons = reasons;
      if (score !== undefined) brand.score = score;
      const description = `Brand ${brand.tcrBrandId} is added`;
      registry.tellOfBrand(brand, { type: 'TCR_BRAND_UPDATE', eventType: 'BRAND_ADD', status: 'success', description });
    },

    failBrand(brandId, reasons) {
      const brand = registry.brand(brandId);
      brand.status = 'REGISTRATION_FAILED';
      brand.reasons = reasons;
      registry.tellOfBrand(brand, { type: 'REGISTRATION', status: 'failed', reasons });
    },

    vetBrand(brandId, score) {
      const brand = registry.brand(brandId);
      brand.score = score;
      brand.identityStatus = 'VETTED_VERIFIED';
      registry.tellOfBrand(brand, { type: 'ORDER_EXTERNAL_VETTING', status: 'success', reasons: [] });
    },

    approveCampaign(campaignId) {
      const { brandId } = registry.campaign(campaignId);
      registry.campaign(campaignId).reasons = [];
      move(campaignId, 'TCR_ACCEPTED', {
        type: 'TCR_EVENT',
        eventType: 'CAMPAIGN_ADD',
        description: `Campaign C${code(campaignId)} successfully added to TCR`,
      });
      move(campaignId, 'MNO_PENDING', {
        type: 'TELNYX_REVIEW',
        status: 'ACCEPTED',
        description: `C${code(campaignId)} approved by Telnyx`,
      });
      move(campaignId, 'MNO_PROVISIONED', { type: 'VERIFIED', brandId, cspId: 'TNX', isTMobileRegistered: true });
    },

    rejectCampaign(campaignId, by, reasons) {
      registry.campaign(campaignId).reasons = reasons;
      const description = reasons.map((reason) => reason.description).join('; ');
      if (by === 'registry') move(campaignId, 'TCR_FAILED', { type: 'REGISTRATION', status: 'failed', reasons });
      if (by === 'telnyx')
        move(campaignId, 'TELNYX_FAILED', { type: 'TELNYX_REVIEW', status: 'REJECTED', description });
      if (by === 'network') move(campaignId, 'MNO_REJECTED', { type: 'MNO_REVIEW', status: 'REJECTED', description });
    },

    moveCampaign(campaignId, status, description = `Campaign is ${status}`) {
      move(campaignId, status, { type: 'TCR_EVENT', eventType: 'CAMPAIGN_UPDATE', description });
    },

    decideNumber(number, decision) {
      const link = registry.numbers.get(number);
      if (link === undefined) throw new Error(`the number ${number} is in no campaign`);
      if (decision === 'assigned') return assigned(registry, link);
      link.status = 'FAILED_ASSIGNMENT';
      link.reason = decision.failed;
      const reasons = [{ fields: ['phoneNumber'], description: decision.failed }];
      registry.tellOfNumber(link, { type: 'ASSIGNMENT', status: 'failed', reasons });
    },
  };
}

function assigned(registry: Registry, link: CampaignNumber): void {
  link.status = 'ASSIGNED';
  link.reason = null;
  registry.tellOfNumber(link, { type: 'ASSIGNMENT', status: 'success', reasons: [] });
  registry.tellOfNumber(link, { type: 'STATUS_UPDATE', status: 'ADDED' });
}
