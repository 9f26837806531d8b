import { CallEndedV1 } from './conversation/call-ended.v1.ts';
import { DepositChangedV1 } from './conversation/deposit-changed.v1.ts';
import { TextReceivedV1 } from './conversation/text-received.v1.ts';
import type { EventDefinition } from './define-event.ts';
import { AppointmentChangedV1 } from './messaging/appointment-changed.v1.ts';
import { CallParkedV1 } from './messaging/call-parked.v1.ts';
import { DeliveryReportedV1 } from './messaging/delivery-reported.v1.ts';
import { KeywordReceivedV1 } from './messaging/keyword-received.v1.ts';
import { OptOutUnderstoodV1 } from './messaging/opt-out-understood.v1.ts';
import { MediaReceivedV1 } from './messaging/media-received.v1.ts';
import { RegistrationDueV1 } from './messaging/registration-due.v1.ts';
import { TextRequestedV1 } from './messaging/text-requested.v1.ts';
import { TimesOfferedV1 } from './messaging/times-offered.v1.ts';
import { WhatsAppTextReceivedV1 } from './messaging/whatsapp-text-received.v1.ts';
import { BookingRequestedV1 } from './payments/booking-requested.v1.ts';
import { SquarePaymentReportedV1 } from './payments/square-payment-reported.v1.ts';

const definitions = [
  TextReceivedV1,
  CallEndedV1,
  DepositChangedV1,
  TextRequestedV1,
  KeywordReceivedV1,
  OptOutUnderstoodV1,
  DeliveryReportedV1,
  CallParkedV1,
  MediaReceivedV1,
  AppointmentChangedV1,
  TimesOfferedV1,
  RegistrationDueV1,
  WhatsAppTextReceivedV1,
  BookingRequestedV1,
  SquarePaymentReportedV1,
] as const;

/** Every event there is. What is not here cannot be published, and is parked when received. */
// Each definition knows its own data; seen together, the data is unknown until its schema has parsed it.
export const catalogue = definitions as unknown as readonly EventDefinition[];
