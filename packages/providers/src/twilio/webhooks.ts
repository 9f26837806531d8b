// Apart from the vendor's SDK, which whoever only reads webhooks need not load.
export { parseTwilioForm, type TwilioForm } from './form.ts';
export { readTwilioCall } from './read-call.ts';
export { readTwilioMessage, readTwilioStatus } from './read-message.ts';
export { readTwilioSenderStatus } from './sender-status.ts';
export { createTwilioVerifier } from './webhook-signature.ts';
export type { VerifyAddressedSignature } from '../webhook-signature.ts';
