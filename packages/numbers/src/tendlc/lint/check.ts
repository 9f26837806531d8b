import type { BrandDetails, CampaignDetails } from '../../ports.ts';
import { brandRules } from './brand-rules.ts';
import { consentRules } from './campaign-consent-rules.ts';
import { messageRules } from './campaign-message-rules.ts';
import { purposeRules } from './campaign-purpose-rules.ts';
import { sampleRules } from './campaign-sample-rules.ts';
import type { BrandFacts, CampaignFacts } from './facts.ts';
import { lint, type Finding } from './lint.ts';

/** Why campaigns are rejected, as the registry, Telnyx and the carriers tell it. */
export const campaignRules = [...purposeRules, ...consentRules, ...sampleRules, ...messageRules];

/** What the registry would say to this brand, before it is asked. */
export const checkBrand = (details: BrandDetails, facts: BrandFacts): Finding[] => lint(brandRules, details, facts);

/** What registry and carriers would say to this campaign, before they are asked. */
export const checkCampaign = (details: CampaignDetails, facts: CampaignFacts): Finding[] =>
  lint(campaignRules, details, facts);

/** The fields whose words are held against what carriers take. */
export function wordsOfCampaign(details: CampaignDetails): readonly { pointer: string; text: string }[] {
  return [
    { pointer: '/description', text: details.description },
    ...details.samples.map((text, index) => ({ pointer: `/samples/${index}`, text })),
    { pointer: '/optInMessage', text: details.optInMessage },
    { pointer: '/optOutMessage', text: details.optOutMessage },
    { pointer: '/helpMessage', text: details.helpMessage },
  ];
}
