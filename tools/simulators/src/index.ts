export { startTelnyxSimulator } from './telnyx/start-telnyx-simulator.ts';
export type {
  Autoresponse,
  AutoresponseType,
  CallEventType,
  CallPlaced,
  FinalStatus,
  HangupCause,
  ReceiptPlan,
  SimulatedCall,
  TelnyxSimulator,
  TelnyxSimulatorOptions,
  TelnyxWebhookUrls,
  TextAccepted,
  TextAnswer,
  TextReceived,
  WaitForText,
} from './telnyx/types.ts';
export type { RefusalCode } from './telnyx/errors.ts';
export { startSquareSimulator } from './square/start-square-simulator.ts';
export type {
  PaymentMade,
  PaymentWebhookPlan,
  PayOptions,
  SimulatedLink,
  SquareAccount,
  SquareSimulator,
  SquareSimulatorOptions,
  TokenRefusal,
  WireMoney,
  WireOrder,
  WirePayment,
  WirePaymentLink,
} from './square/types.ts';
export type { Misbehaviour, MisbehaviourScope } from './wire/misbehaviour.ts';
export type { ReceivedRequest } from './wire/received-request.ts';
export type { WebhookAnswer, WebhookDelivery, WebhookTry } from './wire/webhook-delivery.ts';
