import type { CarrierName, Channel } from '@frontdesk/contracts';
import type { Id, PersonAddress, PhoneNumber } from '@frontdesk/kernel';
import type { ProviderNews, RegistrationSubject } from '@frontdesk/numbers/ports';

/** A picture or another file that came with a text, where the carrier keeps it for a while. */
export type ReceivedMedia = { url: string; contentType: string | null };

/** A text from a person. `carrierKeyword` is set when the carrier's own keyword engine has answered it already. */
export type ReceivedText = {
  kind: 'text';
  channel: Channel;
  messageId: string;
  /** Without a number only on WhatsApp. */
  from: PersonAddress;
  /** Who they are at WhatsApp, number or not. */
  whatsAppUserId: string | null;
  /** The words, or the title of what was chosen. */
  body: string;
  /** The id of the button or row that was chosen. */
  choiceId: string | null;
  media: readonly ReceivedMedia[];
  receivedAt: Temporal.Instant | null;
  carrierKeyword: 'stop' | 'start' | 'help' | null;
};

/** What became of a text that left. */
export type DeliveryReport = {
  kind: 'delivery-report';
  provider: CarrierName;
  messageId: string;
  status: 'sent' | 'delivered' | 'read' | 'undelivered' | 'failed' | 'unconfirmed';
  errorCode: string | null;
  /** The attempt, where the report itself names it; elsewhere the address that it comes to does. */
  attemptId?: Id;
};

/** A step of a call that somebody makes to the clinic. A caller who hides the number has none. */
export type CallStep = {
  kind: 'call';
  step: 'started' | 'answered' | 'ended';
  sessionId: string;
  from: PhoneNumber | null;
  at: Temporal.Instant | null;
  hangupCause: string | null;
  /** Set on the end of a call that somebody had taken, where no step of its own told that before. */
  wasAnswered?: true;
  /** Set while the call waits for a command: it is neither answered nor rejected. */
  parkedCallControlId: string | null;
};

/** A person on WhatsApp has another number or id there from now on. */
export type AddressChange = {
  kind: 'address-change';
  before: readonly PersonAddress[];
  now: readonly PersonAddress[];
};

/** News of what the provider was asked to bring about; the addressee says of what. */
export type RegistrationReport = { kind: 'registration-report'; news: ProviderNews };

/**
 * Whom an event is for.
 * - number: whoever has one of these; which of them is a clinic's is for the desk to find out, since a group text names several.
 * - whatsapp: whoever has this sender, by Meta's id of the number or by the number.
 * - registration: whoever asked the provider for what it calls so.
 */
export type CarrierAddressee =
  | { by: 'number'; numbers: readonly PhoneNumber[] }
  | { by: 'whatsapp'; phoneNumberId: string }
  | { by: 'whatsapp-number'; number: PhoneNumber }
  | { by: 'registration'; provider: CarrierName; subject: RegistrationSubject; externalId: string };

export const byNumber = (numbers: readonly PhoneNumber[]): CarrierAddressee => ({ by: 'number', numbers });

/** An event on which the desk does not act. */
type IgnoredEvent = { kind: 'ignored' };

/** A carrier's webhook, read. `externalId` is what makes it the same event when it comes again, within its `eventType`. */
export type CarrierEvent = {
  eventType: string;
  externalId: string;
  occurredAt: Temporal.Instant | null;
  addressee: CarrierAddressee;
  content: ReceivedText | DeliveryReport | CallStep | AddressChange | RegistrationReport | IgnoredEvent;
};
