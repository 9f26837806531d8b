export { startTelnyxSimulator } from './telnyx/start-telnyx-simulator.ts';
export type {
  CallEventType,
  CallPlaced,
  FinalStatus,
  HangupCause,
  ReceiptPlan,
  SimulatedCall,
  TelnyxSimulator,
  TelnyxSimulatorOptions,
  TelnyxWebhookUrls,
  TextAnswer,
  TextReceived,
} from './telnyx/types.ts';
export type { TelnyxAccountNumber, TelnyxRegistrations } from './telnyx/registration-types.ts';
export type { NumberForSale } from './telnyx/account/number-stock.ts';
export type { MediaSent } from './wire/media-shelf.ts';
export type { Autoresponse, AutoresponseType, TextAccepted, WaitForText } from './wire/texting.ts';
export type { ThroughputLimit } from './wire/throughput.ts';
export type { RefusalCode } from './telnyx/errors.ts';
export { startTwilioSimulator } from './twilio/start-twilio-simulator.ts';
export type { TwilioRefusalCode } from './twilio/errors.ts';
export type { TwilioNumberForSale } from './twilio/account/number-shelf.ts';
export type { TwilioRegistrations } from './twilio/registration-types.ts';
export type {
  TwilioAccepted,
  TwilioCallEnd,
  TwilioCallPlaced,
  TwilioFinalStatus,
  TwilioSimulatedCall,
  TwilioSimulator,
  TwilioSimulatorOptions,
  TwilioTextReceived,
  TwilioWebhookUrls,
} from './twilio/types.ts';
export { startMetaSimulator } from './meta/start-meta-simulator.ts';
export type { MetaRefusalCode } from './meta/errors.ts';
export type {
  MetaAccepted,
  MetaAccountGiven,
  MetaChoice,
  MetaFinalStatus,
  MetaSignUp,
  MetaSimulator,
  MetaSimulatorOptions,
  MetaTemplate,
  MetaTextReceived,
} from './meta/types.ts';
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
export { startBedrockSimulator, type BedrockModelChoice, type BedrockSimulator } from './bedrock/bedrock-simulator.ts';
export { friendlyModel } from './bedrock/friendly/friendly-model.ts';
export { hostileModel, type HostileOptions } from './bedrock/hostile/hostile-model.ts';
export type { Mischief } from './bedrock/hostile/mischief.ts';
export type { BedrockMisbehaviour } from './bedrock/misbehaviour.ts';
export { callsTools, says, type Script } from './bedrock/script.ts';
export type { ConverseRequest, ModelReply, SimulatedModel } from './bedrock/converse-wire.ts';
