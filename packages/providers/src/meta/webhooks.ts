export { answerMetaChallenge } from './challenge.ts';
export { readMetaEvents } from './webhook-event.ts';
export { createMetaVerifier } from './webhook-signature.ts';
