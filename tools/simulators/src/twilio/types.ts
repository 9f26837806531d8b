import type { Clock } from '@frontdesk/kernel';
import type { SimulatedCarrier } from '../wire/simulated-carrier.ts';
import type { Autoresponse, TextAccepted, TextAnswer, TextReceived } from '../wire/texting.ts';
import type { WebhookAnswer, WebhookDelivery } from '../wire/webhook-delivery.ts';
import type { TwilioChannel } from './address.ts';
import type { TwilioChoice } from './content/fill-content.ts';
import type { TwilioRefusalCode } from './errors.ts';
import type { TwilioRegistrations } from './registration-types.ts';
import type { WebhookForm } from './signature.ts';

export const API_VERSION = '2010-04-01';

/** Where the account's numbers post: texts, calls that ring, and what became of a call. */
export interface TwilioWebhookUrls {
  messages: string;
  voice: string;
  voiceStatus: string;
  /** What is told of templates, as by an alarm of the account. */
  senders?: string;
}

export interface TwilioSimulatorOptions {
  webhookUrls?: TwilioWebhookUrls;
  /** A free port of the system's choice when left out. */
  port?: number;
  /** The address to listen on; this machine alone when left out. */
  host?: string;
  accountSid?: string;
  authToken?: string;
  /** The account's numbers and the Messaging Service of each. When left out, every number is ours. */
  numbers?: Record<string, string | null>;
  /** Whether Messaging Services have Advanced Opt-Out, which tells of Twilio's keyword answers in OptOutType. */
  advancedOptOut?: boolean;
  /** The numbers that are on WhatsApp. When left out, all are. */
  whatsAppNumbers?: readonly string[];
  /** Templates are approved and senders come online after this long; by hand when left out. */
  approveAfterMs?: number;
  clock?: Clock;
  /** The waits before further tries of a webhook; Twilio tries once unless a URL says otherwise. */
  retryGapsMs?: readonly number[];
  /** How long the receiver of a webhook may take (Twilio waits 15,000 ms). */
  webhookTimeoutMs?: number;
  /** Where an address leads, when a proxy stands before the app: Twilio signs the address that it knows. */
  route?: (url: string) => string;
}

export type TwilioFinalStatus = 'delivered' | 'undelivered' | 'failed' | 'read';

/** A text that Twilio took. On WhatsApp, too, its addresses are bare: numbers, or `wa:` and a user id. */
export interface TwilioAccepted extends TextAccepted {
  channel: TwilioChannel;
  /** What the person can tap. */
  choices: readonly TwilioChoice[];
  /** What opens the choices, when they are a list. */
  listLabel: string | null;
  /** The content that it left as, approved or not. */
  contentSid: string | null;
  template: { name: string; language: string; values: readonly string[] } | null;
}

export interface TwilioTextReceived extends TextReceived {
  /** SMS when left out. */
  channel?: TwilioChannel;
  /** What was tapped instead of writing: a row of a list, or a button, also one under a template. */
  choice?: TwilioChoice & { of?: 'button' | 'list' | 'template' };
  /** What the person calls themselves on WhatsApp. */
  profileName?: string;
}

export type TwilioCallEnd = 'completed' | 'no-answer' | 'busy' | 'failed' | 'canceled';

export interface TwilioCallPlaced {
  from: string;
  to: string;
  callerName?: string;
  /** The number that forwarded the call. */
  forwardedFrom?: string;
  /** Events wait for `deliverEvents()`. */
  hold?: boolean;
}

export interface TwilioSimulatedCall {
  sid: string;
  state: () => 'ringing' | 'in-progress' | 'over';
  /** Somebody picks up, which the app is told. */
  answer: () => Promise<WebhookAnswer | null>;
  /** The `<Dial>` to the clinic's own phone ends, which its action URL (the voice address) is told. */
  endDial: (status: TwilioCallEnd | 'answered') => Promise<WebhookAnswer | null>;
  /** The call ends: as completed when it was answered, else as no-answer, unless an end is given. */
  hangUp: (status?: TwilioCallEnd) => Promise<WebhookAnswer | null>;
  /** Sends the events that were held, in this order. */
  deliverEvents: (order?: 'usual' | 'reversed') => Promise<WebhookAnswer[]>;
  /** Sends an event of this call again, such as `call.no-answer`. */
  repeat: (type: string) => Promise<WebhookAnswer>;
  deliveries: readonly WebhookDelivery[];
}

export interface TwilioSimulator
  extends TwilioRegistrations, SimulatedCarrier<TwilioAccepted, TwilioFinalStatus, TwilioRefusalCode> {
  /** The origin for the SDK's requests. */
  apiUrl: string;
  accountSid: string;
  authToken: string;
  autoresponses: readonly Autoresponse[];
  setWebhookUrls: (urls: TwilioWebhookUrls) => void;
  assignNumber: (number: string, messagingServiceSid: string | null) => void;
  setAdvancedOptOut: (on: boolean) => void;
  /** From now on this token signs, and is asked for. */
  rotateAuthToken: (authToken: string) => void;
  onAutoresponse: (listener: (answer: Autoresponse) => void) => () => void;
  receiveText: (text: TwilioTextReceived) => Promise<TextAnswer>;
  /** The person reads a message of WhatsApp. */
  readMessage: (messageId: string) => Promise<WebhookAnswer | null>;
  placeCall: (call: TwilioCallPlaced) => Promise<TwilioSimulatedCall>;
  /** Whether this person blocked this number, or the Messaging Service of it. */
  isOptedOut: (number: string, person: string) => boolean;
  /** The headers of a webhook with this form to this address. */
  sign: (url: string, form: WebhookForm) => Record<string, string>;
}
