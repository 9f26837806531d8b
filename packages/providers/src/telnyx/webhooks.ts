// Apart from the vendor's SDK, which whoever only reads webhooks need not load.
export type { CallStep, DeliveryReport, ReceivedMedia, ReceivedText } from '../webhook-content.ts';
export { readTelnyxEvent, type TelnyxEvent } from './webhook-event.ts';
export {
  createTelnyxVerifier,
  type SignatureVerdict,
  type VerifySignature,
  type WebhookHeaders,
} from './webhook-signature.ts';
