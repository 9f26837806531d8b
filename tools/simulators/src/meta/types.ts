import type { Clock } from '@frontdesk/kernel';
import type { MediaSent } from '../wire/media-shelf.ts';
import type { SimulatedCarrier } from '../wire/simulated-carrier.ts';
import type { TextAccepted, TextAnswer } from '../wire/texting.ts';
import type { WebhookAnswer } from '../wire/webhook-delivery.ts';
import type { MetaRefusalCode } from './errors.ts';

export interface MetaAccountGiven {
  wabaId: string;
  /** `pin`: of two-step verification, which the number then has already. */
  numbers: readonly { phoneNumberId: string; number: string; displayName?: string; pin?: string }[];
  /** Opens the account for good; `EAA` and the account's id when left out. */
  token?: string;
  /** What is approved there already. */
  templates?: readonly Omit<MetaTemplate, 'wabaId' | 'status' | 'reason'>[];
}

/** Somebody finished embedded sign-up for a number of theirs. */
export interface MetaSignUp {
  wabaId: string;
  phoneNumberId: string;
  number: string;
  displayName?: string;
}

export interface MetaSimulatorOptions {
  /** Where the app hears of everything. */
  webhookUrl?: string;
  /** A free port of the system's choice when left out. */
  port?: number;
  /** The address to listen on; this machine alone when left out. */
  host?: string;
  appId?: string;
  appSecret?: string;
  /** Accounts that are connected: their numbers are registered and the app hears of them. */
  accounts?: readonly MetaAccountGiven[];
  /** How long the tokens of sign-ups live: 60 days when left out; null, for ever. */
  tokenDays?: number | null;
  /** `at-once` approves every template when it is submitted; `by-hand` (the default) waits for the test. */
  review?: 'by-hand' | 'at-once';
  /** Whether an address that is to take over webhooks is asked first whether it is ours, as Meta does (the default). */
  asksCallbacks?: boolean;
  /** Of the 24 hours, the sign-up codes and the tokens. */
  clock?: Clock;
  /** The waits before further tries of a webhook. */
  retryGapsMs?: readonly number[];
  /** How long the receiver of a webhook may take. */
  webhookTimeoutMs?: number;
}

export type MetaFinalStatus = 'delivered' | 'read' | 'failed';

export interface MetaChoice {
  id: string;
  title: string;
  description?: string;
}

/** A message that Meta took. `from` is the clinic's number, `to` the person's or `wa:` and their user id. */
export interface MetaAccepted extends TextAccepted {
  type: 'text' | 'template' | 'interactive' | 'image' | 'video' | 'audio' | 'document';
  /** What the person can tap. */
  choices: readonly MetaChoice[];
  /** What opens the choices, when they are a list. */
  listLabel: string | null;
  template: { name: string; language: string; values: readonly string[] } | null;
  /** What comes back with each of its receipts. */
  callbackData: string | null;
  /** The request as it came. */
  sent: unknown;
}

export interface MetaTextReceived {
  /** The person's number, or `wa:` and their user id. */
  from: string;
  /** The clinic's number. */
  to: string;
  /** The words; the caption of what comes with it. */
  text: string;
  messageId?: string;
  /** One file; the first of several. */
  media?: readonly MediaSent[];
  /** What was tapped instead of writing: a button, a row of a list, or a button under a template. */
  choice?: MetaChoice & { of?: 'button' | 'list' | 'template' };
  /** Something that is no words, as Meta names it: `reaction`, `unsupported`, `location`, with what it brings. */
  other?: { type: string; [name: string]: unknown };
  copies?: number;
  /** The same text once more under another id. */
  twin?: boolean;
}

export type MetaTemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';

export interface MetaTemplate {
  id: string;
  wabaId: string;
  name: string;
  language: string;
  category: string;
  body: string;
  buttons: readonly string[];
  status: MetaTemplateStatus;
  /** `NONE` when there is none. */
  reason: string;
}

export interface MetaSimulator extends SimulatedCarrier<MetaAccepted, MetaFinalStatus, MetaRefusalCode> {
  /** With the version, for `META_GRAPH_URL`. */
  graphUrl: string;
  appId: string;
  appSecret: string;
  /** The messages of people that the app marked as read; `typing` when it also showed that it writes. */
  seen: readonly { messageId: string; typing: boolean }[];
  templates: () => readonly MetaTemplate[];
  setWebhookUrl: (url: string) => void;

  /** Connects an account; returns its token. */
  addAccount: (account: MetaAccountGiven) => string;
  /** Returns the code that the page hands to the app. */
  signUp: (signUp: MetaSignUp) => string;
  expireToken: (token: string) => void;
  /** All tokens of the account stop working. */
  revokeTokens: (wabaId: string) => void;
  /** From then on this secret signs, and is asked for. */
  rotateAppSecret: (appSecret: string) => void;
  /** Whether the app hears of the account, and where instead of at its own address. */
  subscriptionOf: (wabaId: string) => { subscribed: boolean; callback: string | null };
  isRegistered: (phoneNumberId: string) => boolean;
  /** The number already has this PIN of two-step verification. */
  setPin: (phoneNumberId: string, pin: string) => void;

  /** Each tells the app. By the template's id or its name. */
  approveTemplate: (template: string) => Promise<WebhookAnswer | null>;
  rejectTemplate: (template: string, reason?: string) => Promise<WebhookAnswer | null>;
  pauseTemplate: (template: string) => Promise<WebhookAnswer | null>;
  /** Meta takes it for another category, and says so. */
  recategoriseTemplate: (template: string, category: 'UTILITY' | 'MARKETING') => Promise<WebhookAnswer | null>;
  disableTemplate: (template: string) => Promise<WebhookAnswer | null>;
  setReview: (review: 'by-hand' | 'at-once') => void;
  /** The app is told this of an account (`{ event: 'ACCOUNT_RESTRICTION', … }`). */
  updateAccount: (wabaId: string, value: Record<string, unknown>) => Promise<WebhookAnswer | null>;
  /** The number's quality changes, and the app is told. */
  updateNumber: (phoneNumberId: string, change: { quality: string; event: string }) => Promise<WebhookAnswer | null>;

  /** The app marked a message of a person as read. */
  onSeen: (listener: (seen: { messageId: string; typing: boolean }) => void) => () => void;
  receiveText: (text: MetaTextReceived) => Promise<TextAnswer>;
  /** The person reads what came. */
  readMessage: (messageId: string) => Promise<WebhookAnswer | null>;
  /** The person's number is kept to themselves from then on. */
  hideNumber: (number: string) => void;
  nameOf: (address: string) => string;
  setName: (address: string, name: string) => void;
  /** By number or `wa:` and user id. */
  userIdOf: (address: string) => string;
  /** As if the person had last written more than 24 hours ago. */
  closeWindow: (clinicNumber: string, person: string) => void;
  openWindow: (clinicNumber: string, person: string) => void;
  /** How a text outside the window is refused: by the answer (the default), or taken and then failed by its receipt. */
  setWindowRefusal: (how: 'answer' | 'receipt') => void;
  /** What would be posted meanwhile is posted afterwards, all in one. */
  batch: (act: () => Promise<unknown>) => Promise<WebhookAnswer | null>;

  /** The headers of a webhook with this body. */
  sign: (body: string) => Record<string, string>;
}
