// Apart from the vendor's SDK, which whoever only reads webhooks need not load.
export type {
  CallStep,
  CarrierAddressee,
  CarrierEvent,
  DeliveryReport,
  ReceivedMedia,
  AddressChange,
  ReceivedText,
  RegistrationReport,
} from '../webhook-content.ts';
export { readTelnyxEvent } from './webhook-event.ts';
export { createTelnyxVerifier } from './webhook-signature.ts';
export type { SignatureVerdict, VerifySignature, WebhookHeaders } from '../webhook-signature.ts';
