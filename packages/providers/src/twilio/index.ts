export { twilioBlocks } from './error-classes.ts';
export type { TwilioSettings } from './client.ts';
export { twilioTextGateway, type TwilioTextSettings } from './text-gateway.ts';
