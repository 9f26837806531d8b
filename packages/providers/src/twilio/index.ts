export { readTwilioCode } from './error-classes.ts';
export type { TwilioSettings } from './client.ts';
export { twilioNumbers, type TwilioNumberSettings } from './numbers.ts';
export { twilioSenders, type TwilioSenderSettings } from './senders.ts';
export { twilioServiceCampaigns } from './service-campaigns.ts';
export { twilioTemplates } from './templates.ts';
export { twilioTextGateway, type TwilioTextSettings } from './text-gateway.ts';
