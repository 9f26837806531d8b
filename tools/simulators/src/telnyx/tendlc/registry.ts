import { newId, type Clock } from '@frontdesk/kernel';
import type { News } from '../news.ts';

export type IdentityStatus = 'VERIFIED' | 'UNVERIFIED' | 'SELF_DECLARED' | 'VETTED_VERIFIED';

export type CampaignStatus =
  | 'TCR_PENDING'
  | 'TCR_SUSPENDED'
  | 'TCR_EXPIRED'
  | 'TCR_ACCEPTED'
  | 'TCR_FAILED'
  | 'TELNYX_ACCEPTED'
  | 'TELNYX_FAILED'
  | 'MNO_PENDING'
  | 'MNO_ACCEPTED'
  | 'MNO_REJECTED'
  | 'MNO_PROVISIONED'
  | 'MNO_PROVISIONING_FAILED';

/** Why the registry says no, as its events tell it. */
export interface RegistryReason {
  fields: readonly string[];
  description: string;
}

export interface Brand {
  brandId: string;
  tcrBrandId: string | null;
  status: 'OK' | 'REGISTRATION_PENDING' | 'REGISTRATION_FAILED';
  identityStatus: IdentityStatus | null;
  reasons: readonly RegistryReason[];
  /** Of a sole proprietor, since one was sent. */
  code: OwnerCode | null;
  /** Null before it was vetted. */
  score: number | null;
  /** What was submitted. */
  details: Record<string, unknown>;
  createdAt: string;
}

/** A code that was texted to the owner of a brand. */
export interface OwnerCode {
  referenceId: string;
  pin: string;
  to: string;
  /** As the owner reads it. */
  words: string;
  successWords: string;
  sentAt: Temporal.Instant;
  wrongTries: number;
  verifiedAt: Temporal.Instant | null;
}

export interface Campaign {
  campaignId: string;
  tcrCampaignId: string | null;
  brandId: string;
  status: CampaignStatus;
  reasons: readonly RegistryReason[];
  appeals: readonly string[];
  details: Record<string, unknown>;
  createdAt: string;
}

export interface CampaignNumber {
  number: string;
  campaignId: string;
  status: 'PENDING_ASSIGNMENT' | 'ASSIGNED' | 'FAILED_ASSIGNMENT';
  reason: string | null;
  createdAt: string;
}

export interface Registry {
  brands: Map<string, Brand>;
  campaigns: Map<string, Campaign>;
  numbers: Map<string, CampaignNumber>;
  addBrand: (details: Record<string, unknown>) => Brand;
  addCampaign: (brandId: string, details: Record<string, unknown>) => Campaign;
  addNumber: (number: string, campaignId: string) => CampaignNumber;
  brand: (id: string) => Brand;
  campaign: (id: string) => Campaign;
  tellOfBrand: (brand: Brand, payload: Record<string, unknown>) => void;
  tellOfCampaign: (campaign: Campaign, payload: Record<string, unknown>) => void;
  tellOfNumber: (link: CampaignNumber, payload: Record<string, unknown>) => void;
}

/** What the registry of campaigns holds, and how it tells of it. Events go to the address that was given with each. */
export function createRegistry({ news, clock }: { news: News; clock: Clock }): Registry {
  const brands = new Map<string, Brand>();
  const campaigns = new Map<string, Campaign>();
  const numbers = new Map<string, CampaignNumber>();
  const now = () => clock().toString({ fractionalSecondDigits: 3 });

  function campaign(id: string): Campaign {
    const found = campaigns.get(id);
    if (found === undefined) throw new Error(`there is no campaign ${id}`);
    return found;
  }

  return {
    brands,
    campaigns,
    numbers,
    campaign,

    brand(id) {
      const found = brands.get(id);
      if (found === undefined) throw new Error(`there is no brand ${id}`);
      return found;
    },

    addBrand(details) {
      const brand: Brand = {
        brandId: newId(),
        tcrBrandId: null,
        status: 'REGISTRATION_PENDING',
        identityStatus: null,
        reasons: [],
        code: null,
        score: null,
        details,
        createdAt: now(),
      };
      brands.set(brand.brandId, brand);
      return brand;
    },

    addCampaign(brandId, details) {
      const added: Campaign = {
        campaignId: newId(),
        tcrCampaignId: null,
        brandId,
        status: 'TCR_PENDING',
        reasons: [],
        appeals: [],
        details,
        createdAt: now(),
      };
      campaigns.set(added.campaignId, added);
      return added;
    },

    addNumber(number, campaignId) {
      const link: CampaignNumber = { number, campaignId, status: 'PENDING_ASSIGNMENT', reason: null, createdAt: now() };
      numbers.set(number, link);
      return link;
    },

    tellOfBrand({ brandId, tcrBrandId, details }, payload) {
      const told = {
        brandId,
        brandName: details['displayName'],
        ...(tcrBrandId !== null && { tcrBrandId }),
        ...payload,
      };
      news.tell('10dlc.brand.update', told, addressIn(details));
    },

    tellOfCampaign({ campaignId, brandId, details }, payload) {
      news.tell('10dlc.campaign.update', { campaignId, brandId, ...payload }, addressIn(details));
    },

    tellOfNumber({ number, campaignId }, payload) {
      const told = { campaignId, phoneNumber: number, ...payload };
      news.tell('10dlc.phone_number.update', told, addressIn(campaign(campaignId).details));
    },
  };
}

function addressIn(details: Record<string, unknown>): string | null {
  const url = details['webhookURL'];
  return typeof url === 'string' ? url : null;
}
