import type { CampaignDetails } from '@frontdesk/numbers/ports';

/** UNVERIFIED: that the registry wants two to five of these with its mixed use cases; what a desk for clinics sends. */
const mixture = ['CUSTOMER_CARE', 'ACCOUNT_NOTIFICATION'];
const mixed: readonly CampaignDetails['usecase'][] = ['LOW_VOLUME', 'MIXED'];

/** What the registry lets be changed of a campaign. */
export function mendableBody({ messageFlow, helpMessage, samples }: CampaignDetails) {
  const [sample1, sample2, sample3, sample4, sample5] = samples;
  return {
    messageFlow,
    helpMessage,
    ...(sample1 !== undefined && { sample1 }),
    ...(sample2 !== undefined && { sample2 }),
    ...(sample3 !== undefined && { sample3 }),
    ...(sample4 !== undefined && { sample4 }),
    ...(sample5 !== undefined && { sample5 }),
  };
}

/** A campaign as the registry wants it; its keywords stand without blanks. */
export function campaignBody(details: CampaignDetails) {
  const { usecase } = details;
  return {
    ...mendableBody(details),
    usecase,
    description: details.description,
    optinMessage: details.optInMessage,
    optoutMessage: details.optOutMessage,
    optinKeywords: keywords(details.optInKeywords),
    optoutKeywords: keywords(details.optOutKeywords),
    helpKeywords: keywords(details.helpKeywords),
    privacyPolicyLink: details.privacyPolicyUrl,
    termsAndConditionsLink: details.termsUrl,
    embeddedLink: details.embeddedLink,
    embeddedPhone: details.embeddedPhone,
    ageGated: details.ageGated,
    subscriberOptin: true,
    subscriberOptout: true,
    subscriberHelp: true,
    termsAndConditions: true,
    numberPool: false,
    directLending: false,
    autoRenewal: true,
    ...(mixed.includes(usecase) && { subUsecases: mixture }),
  };
}

function keywords(words: readonly string[]): string {
  return words.map((word) => word.replaceAll(/\s/g, '')).join(',');
}
