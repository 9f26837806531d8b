export { answerMetaChallenge } from './challenge.ts';
export { readMetaEvents } from './webhook-event.ts';
export { splitMetaBody } from './split-webhook.ts';
export { createMetaVerifier } from './webhook-signature.ts';
