import type { Clock } from '@frontdesk/kernel';
import type { MediaSent } from '../wire/media-shelf.ts';
import type { SimulatedCarrier } from '../wire/simulated-carrier.ts';
import type {
  Autoresponse,
  ReceiptPlan as CarrierReceiptPlan,
  TextAccepted,
  TextAnswer as CarrierTextAnswer,
  TextReceived as CarrierTextReceived,
} from '../wire/texting.ts';
import type { WebhookAnswer, WebhookDelivery } from '../wire/webhook-delivery.ts';
import type { RefusalCode } from './errors.ts';
import type { TelnyxRegistrations } from './registration-types.ts';

/** Where the messaging profile and the Call Control application post their events. */
export interface TelnyxWebhookUrls {
  messages: string;
  voice: string;
}

export interface TelnyxSimulatorOptions {
  webhookUrls?: TelnyxWebhookUrls;
  /** A free port of the system's choice when left out. */
  port?: number;
  /** The address to listen on; this machine alone when left out. */
  host?: string;
  /** The one API key that is accepted; any bearer key when left out. */
  apiKey?: string;
  /** The account's numbers and their messaging profiles. When left out, every number is ours, each with its own profile. */
  numbers?: Record<string, string>;
  /** 32 bytes; the seed of the reference's test vectors when left out. */
  seed?: Uint8Array;
  clock?: Clock;
  /** The waits before the second and third try of a webhook. */
  retryGapsMs?: readonly number[];
  /** How long the receiver of a webhook may take (Telnyx waits 2,000 ms). */
  webhookTimeoutMs?: number;
}

export interface TextReceived extends CarrierTextReceived {
  eventId?: string;
}

export interface TextAnswer extends CarrierTextAnswer {
  eventId: string;
}

export type FinalStatus = 'delivered' | 'delivery_failed' | 'sending_failed' | 'delivery_unconfirmed' | 'expired';

/** `errorCode` stands in `errors` of message.finalized, as `40002`. */
export type ReceiptPlan = CarrierReceiptPlan<FinalStatus>;

export type HangupCause =
  | 'call_rejected'
  | 'normal_clearing'
  | 'originator_cancel'
  | 'timeout'
  | 'time_limit'
  | 'user_busy'
  | 'not_found'
  | 'no_answer'
  | 'unspecified';

export interface CallPlaced {
  from: string;
  to: string;
  callerName?: string;
  /** The number that forwarded the call, told in a SIP Diversion header. */
  divertedFrom?: string;
  /** Events wait for `deliverEvents()`. */
  hold?: boolean;
}

export interface SimulatedCall {
  sessionId: string;
  legId: string;
  controlId: string;
  state: () => 'parked' | 'answered' | 'over';
  /** A person at the clinic picks up. */
  answer: () => Promise<WebhookAnswer | null>;
  /** The call ends: the caller gives up (originator_cancel) or hangs up (normal_clearing) unless a cause is given. */
  hangUp: (cause?: HangupCause) => Promise<WebhookAnswer | null>;
  /** Sends the events that were held, in this order. */
  deliverEvents: (order?: 'usual' | 'reversed') => Promise<WebhookAnswer[]>;
  /** Sends an event of this call again, under the same id. */
  repeat: (eventType: CallEventType) => Promise<WebhookAnswer>;
  /** The deliveries so far. */
  deliveries: readonly WebhookDelivery[];
}

export type CallEventType = 'call.initiated' | 'call.answered' | 'call.hangup';

export interface TelnyxSimulator extends TelnyxRegistrations, SimulatedCarrier<TextAccepted, FinalStatus, RefusalCode> {
  /** The base URL for the SDK; ends in /v2. */
  apiUrl: string;
  /** Base64 of the raw Ed25519 key. */
  publicKey: string;
  autoresponses: readonly Autoresponse[];
  setWebhookUrls: (urls: TelnyxWebhookUrls) => void;
  assignNumber: (number: string, messagingProfileId: string) => void;
  /** The clock of `telnyx-timestamp`; the simulator's own when null. */
  setSignatureClock: (clock: Clock | null) => void;
  onAutoresponse: (listener: (answer: Autoresponse) => void) => () => void;
  /** Keeps a file as if somebody had sent it, and returns where. */
  layOut: (file: MediaSent) => string;
  receiveText: (text: TextReceived) => Promise<TextAnswer>;
  placeCall: (call: CallPlaced) => Promise<SimulatedCall>;
  /** The opt-out engine hears a text of which the app is never told. */
  hearUntold: (text: { from: string; to: string; text: string }) => void;
  /** Whether this person blocked the profile of this number. */
  isOptedOut: (number: string, person: string) => boolean;
  /** The headers of a webhook with this body. */
  sign: (body: string, timestampSeconds?: number) => Record<string, string>;
}
