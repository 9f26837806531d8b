import type { CarrierName } from '@frontdesk/contracts';
import type { PhoneNumber } from '@frontdesk/kernel';

/** A picture or another file that came with a text, where the carrier keeps it for a while. */
export type ReceivedMedia = { url: string; contentType: string | null };

/** A text from a person. `carrierKeyword` is set when the carrier's own keyword engine has answered it already. */
export type ReceivedText = {
  kind: 'text';
  messageId: string;
  from: PhoneNumber;
  body: string;
  media: readonly ReceivedMedia[];
  receivedAt: Temporal.Instant | null;
  carrierKeyword: 'stop' | 'start' | 'help' | null;
};

/** What became of a text that left. */
export type DeliveryReport = {
  kind: 'delivery-report';
  provider: CarrierName;
  messageId: string;
  status: 'sent' | 'delivered' | 'undelivered' | 'failed' | 'unconfirmed';
  errorCode: string | null;
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

/** An event on which the desk does not act. */
type IgnoredEvent = { kind: 'ignored' };

/** A carrier's webhook, read. `externalId` is what makes it the same event when it comes again, within its `eventType`. */
export type CarrierEvent = {
  eventType: string;
  externalId: string;
  occurredAt: Temporal.Instant | null;
  /** Which of these is a clinic's is for the desk to find out: a group text names several. */
  clinicNumbers: readonly PhoneNumber[];
  content: ReceivedText | DeliveryReport | CallStep | IgnoredEvent;
};
