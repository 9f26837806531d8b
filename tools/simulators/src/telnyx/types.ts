import type { Clock } from '@frontdesk/kernel';
import type { MediaSent } from '../wire/media-shelf.ts';
import type { Misbehaviour, MisbehaviourScope } from '../wire/misbehaviour.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type {
  Autoresponse,
  ReceiptPlan as CarrierReceiptPlan,
  TextAccepted,
  TextAnswer as CarrierTextAnswer,
  TextReceived as CarrierTextReceived,
  WaitForText,
} from '../wire/texting.ts';
import type { ThroughputLimit } from '../wire/throughput.ts';
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

export interface TelnyxSimulator extends TelnyxRegistrations {
  /** The base URL for the SDK; ends in /v2. */
  apiUrl: string;
  /** Base64 of the raw Ed25519 key. */
  publicKey: string;
  routes: readonly string[];
  requests: readonly ReceivedRequest[];
  accepted: readonly TextAccepted[];
  autoresponses: readonly Autoresponse[];
  /** Every event posted to the app. */
  deliveries: readonly WebhookDelivery[];
  setWebhookUrls: (urls: TelnyxWebhookUrls) => void;
  assignNumber: (number: string, messagingProfileId: string) => void;
  /** The clock of `telnyx-timestamp`; the simulator's own when null. */
  setSignatureClock: (clock: Clock | null) => void;
  onText: (listener: (text: TextAccepted) => void) => () => void;
  onAutoresponse: (listener: (answer: Autoresponse) => void) => () => void;
  waitForText: (wanted?: WaitForText) => Promise<TextAccepted>;
  /** Keeps a file as if somebody had sent it, and returns where. */
  layOut: (file: MediaSent) => string;
  receiveText: (text: TextReceived) => Promise<TextAnswer>;
  placeCall: (call: CallPlaced) => Promise<SimulatedCall>;
  /** The opt-out engine hears a text of which the app is never told. */
  hearUntold: (text: { from: string; to: string; text: string }) => void;
  /** Whether this person blocked the profile of this number. */
  isOptedOut: (number: string, person: string) => boolean;
  /** For the next `times` texts, or all until `behave()`. */
  planReceipts: (plan: ReceiptPlan, times?: number) => void;
  releaseReceipts: () => Promise<void>;
  misbehave: (how: Misbehaviour, scope?: MisbehaviourScope) => void;
  /** Refuses the next texts with this error of the reference. */
  refuseTexts: (code: RefusalCode, times?: number) => void;
  /** From now on texts above the limit are refused; null lifts it. */
  limitThroughput: (limit: ThroughputLimit | null) => void;
  /** Ends every misbehaviour, plan and limit. */
  behave: () => void;
  /** Connections are refused until `goOnline()`. */
  goOffline: () => Promise<void>;
  goOnline: () => Promise<void>;
  /** The headers of a webhook with this body. */
  sign: (body: string, timestampSeconds?: number) => Record<string, string>;
  /** Resolves when no webhook is under way. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}
