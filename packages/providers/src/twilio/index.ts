export { twilioBlocks } from './error-classes.ts';
export type { TwilioSettings } from './client.ts';
export { twilioSmsGateway, type TwilioSmsSettings } from './sms-gateway.ts';
