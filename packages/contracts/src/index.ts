export { carriers, channels, phoneCarriers, type CarrierName, type Channel, type PhoneCarrier } from './carriers.ts';
export { catalogue } from './catalogue.ts';
export { CallEndedV1 } from './conversation/call-ended.v1.ts';
export { DepositChangedV1 } from './conversation/deposit-changed.v1.ts';
export { TextReceivedV1 } from './conversation/text-received.v1.ts';
export { defineEvent, type DataOf, type EventDefinition, type Outward } from './define-event.ts';
export { envelopeSchema, type Envelope } from './envelope.ts';
export { AppointmentChangedV1 } from './messaging/appointment-changed.v1.ts';
export { CallParkedV1 } from './messaging/call-parked.v1.ts';
export { DeliveryReportedV1 } from './messaging/delivery-reported.v1.ts';
export { KeywordReceivedV1 } from './messaging/keyword-received.v1.ts';
export { OptOutUnderstoodV1 } from './messaging/opt-out-understood.v1.ts';
export { MediaReceivedV1 } from './messaging/media-received.v1.ts';
export { RegistrationDueV1 } from './messaging/registration-due.v1.ts';
export { TextRequestedV1 } from './messaging/text-requested.v1.ts';
export { TimesOfferedV1 } from './messaging/times-offered.v1.ts';
export { WhatsAppTextReceivedV1 } from './messaging/whatsapp-text-received.v1.ts';
export { BookingRequestedV1 } from './payments/booking-requested.v1.ts';
export { SquarePaymentReportedV1 } from './payments/square-payment-reported.v1.ts';
export { deliveryIds, type DeliveryIds, type Replay } from './replay.ts';
export {
  contexts,
  maxReceiveCount,
  queueAttributes,
  services,
  type ContextName,
  type QueueName,
  type ServiceName,
} from './queues.ts';
export { textStates, type TextState } from './text-states.ts';
