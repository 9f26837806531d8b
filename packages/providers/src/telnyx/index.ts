export { telnyxCallControl } from './call-control.ts';
export { telnyxSmsGateway, type TelnyxSettings, type TelnyxSmsSettings } from './sms-gateway.ts';
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
