// Apart from the vendor's SDK, which whoever only reads webhooks need not load.
export {
  readTelnyxEvent,
  type CallStep,
  type DeliveryReport,
  type ReceivedText,
  type TelnyxEvent,
} from './webhook-event.ts';
export {
  createTelnyxVerifier,
  type SignatureVerdict,
  type VerifySignature,
  type WebhookHeaders,
} from './webhook-signature.ts';
