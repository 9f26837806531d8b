import type { Id, PhoneNumber } from '@frontdesk/kernel';

export type BrandDetails = {
  entityType: 'PRIVATE_PROFIT' | 'PUBLIC_PROFIT' | 'NON_PROFIT' | 'GOVERNMENT' | 'SOLE_PROPRIETOR';
  legalName: string;
  displayName: string;
  /** Employer identification number; null for sole proprietors. */
  ein: string | null;
  email: string;
  phone: PhoneNumber;
  website: string | null;
  street: string;
  city: string;
  state: string;
  postalCode: string;
  vertical: string;
  /** Of the owner; sole proprietors alone. */
  firstName: string | null;
  lastName: string | null;
  mobilePhone: PhoneNumber | null;
  stockSymbol: string | null;
  stockExchange: string | null;
};

export type BrandStanding = {
  externalId: string;
  status: 'pending' | 'ok' | 'failed';
  /** As the registry says it: VERIFIED, UNVERIFIED, SELF_DECLARED, VETTED_VERIFIED. */
  identity: string | null;
  /** From 0 to 100 once it was vetted. */
  score: number | null;
  reasons: readonly string[];
};

export type CampaignDetails = {
  usecase: 'LOW_VOLUME' | 'MIXED' | 'CUSTOMER_CARE' | 'ACCOUNT_NOTIFICATION' | 'MARKETING' | 'SOLE_PROPRIETOR';
  description: string;
  /** How people come to agree to texts: where, with what words. */
  messageFlow: string;
  samples: readonly string[];
  optInMessage: string;
  optOutMessage: string;
  helpMessage: string;
  optInKeywords: readonly string[];
  optOutKeywords: readonly string[];
  helpKeywords: readonly string[];
  privacyPolicyUrl: string;
  termsUrl: string;
  embeddedLink: boolean;
  embeddedPhone: boolean;
  ageGated: boolean;
};

export type CampaignStanding = {
  externalId: string;
  /** The registry's word, such as MNO_PROVISIONED; only that one opens traffic. */
  status: string;
  reasons: readonly string[];
};

export type CampaignNumberStanding = { status: 'pending' | 'added' | 'failed'; reason: string | null };

/** The registry of who texts what from ten-digit numbers (The Campaign Registry, through Telnyx). */
export type TenDlcRegistry = {
  /** By our reference, or by name and EIN where the registry keeps none: what may have been submitted is not submitted twice. */
  findBrand(brand: { reference: Id; details: BrandDetails }): Promise<BrandStanding | null>;
  submitBrand(brand: { reference: Id; details: BrandDetails }): Promise<BrandStanding>;
  readBrand(externalId: string): Promise<BrandStanding | null>;
  /** Mends a brand that the registry has, and has it looked at anew. Repeated, it changes nothing. */
  updateBrand(brand: { externalId: string; details: BrandDetails }): Promise<BrandStanding>;
  /** Texts a code to the mobile phone of a sole proprietor. The newest counts. */
  sendOwnerCode(brand: { externalId: string; displayName: string }): Promise<void>;
  /** Repeated with a code that was taken, it is `verified` again. A failure never quotes the code. */
  confirmOwnerCode(brand: { externalId: string; code: string }): Promise<'verified' | 'rejected' | 'expired'>;
  findCampaign(campaign: { reference: Id; brandExternalId: string }): Promise<CampaignStanding | null>;
  submitCampaign(campaign: {
    reference: Id;
    brandExternalId: string;
    details: CampaignDetails;
  }): Promise<CampaignStanding>;
  readCampaign(externalId: string): Promise<CampaignStanding | null>;
  /** Mends what the registry lets be changed of a campaign: message flow, samples, the words of HELP. Repeated, it changes nothing. */
  updateCampaign(campaign: { externalId: string; details: CampaignDetails }): Promise<CampaignStanding>;
  /** Asks the reviewers to look again at a campaign that they rejected; `reason` says what has been mended. */
  appealCampaign(campaign: { externalId: string; reason: string }): Promise<void>;
  /** Ends it for good, so that it costs nothing more. One that is not there any more is no error. */
  endCampaign(externalId: string): Promise<void>;
  /** Puts a number into a campaign. One that is in it already is no error. */
  assignNumber(link: { number: PhoneNumber; campaignExternalId: string }): Promise<CampaignNumberStanding>;
  readNumber(number: PhoneNumber): Promise<(CampaignNumberStanding & { campaignExternalId: string }) | null>;
  removeNumber(number: PhoneNumber): Promise<void>;
};
