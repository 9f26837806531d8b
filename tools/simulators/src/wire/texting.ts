import type { MediaSent } from './media-shelf.ts';
import type { WebhookAnswer } from './webhook-delivery.ts';

/** A text that the carrier took. */
export interface TextAccepted {
  id: string;
  from: string;
  to: string;
  text: string;
  mediaUrls: readonly string[];
  /** Telnyx's messaging profile; at Twilio the Messaging Service, or empty. */
  messagingProfileId: string;
  /** Where its receipts go. */
  webhookUrl: string | null;
  at: Temporal.Instant;
}

/** The carrier's own answer to STOP, START or HELP. */
export interface Autoresponse {
  from: string;
  to: string;
  text: string;
  kind: AutoresponseType;
  at: Temporal.Instant;
}

export type AutoresponseType = 'STOP' | 'START' | 'HELP';

export interface TextReceived {
  from: string;
  to: string;
  text: string;
  messageId?: string;
  /** Overrules what the carrier would say of its own answer; null says that it did not answer. */
  autoresponseType?: AutoresponseType | null;
  /** Files that come with it, which the carrier serves; or where they are. */
  media?: readonly (MediaSent | { url: string; content_type: string; size: number })[];
  /** How often the same event is delivered (at once, side by side). */
  copies?: number;
  /** The same text once more under another event id and another message id. */
  twin?: boolean;
}

/** The answer to the first delivery of a text, and those to its copies and its twin. */
export interface TextAnswer extends WebhookAnswer {
  messageId: string;
  repeats: readonly WebhookAnswer[];
}

/** How the receipts of a text are sent. */
export interface ReceiptPlan<FinalStatus> {
  /** Only of texts to this number; of all when left out. */
  to?: string;
  delayMs?: number;
  order?: 'usual' | 'reversed';
  /** How often each receipt is delivered. */
  copies?: number;
  /** Receipts wait for `releaseReceipts()`. */
  hold?: boolean;
  /** No receipt ever comes. */
  never?: boolean;
  /** Receipts are sent before the answer to the send. */
  beforeAnswer?: boolean;
  status?: FinalStatus;
  /** The carrier's error code in the last receipt. */
  errorCode?: string;
}

export interface WaitForText {
  to?: string;
  from?: string;
  matching?: RegExp;
  /** Texts accepted before this many are passed over. */
  after?: number;
  timeoutMs?: number;
}
