import type { CarrierName, Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id, PersonAddress, PhoneNumber } from '@frontdesk/kernel';
import type { DeliveryStatus } from './delivery.ts';

/** One try to hand a text to the carrier. */
export type OutgoingText = {
  /** The attempt; it travels in the webhook address, so that a receipt finds it even when the answer was lost. */
  attemptId: Id;
  channel: Channel;
  from: PhoneNumber;
  /** Without a number only on WhatsApp. */
  to: PersonAddress;
  body: string;
  /** Pictures that go with it (MMS), where the carrier can fetch them. */
  mediaUrls: readonly string[];
  /** Who sends, as the carrier knows it: Telnyx's messaging profile, the SID of Twilio's Messaging Service, Meta's phone number id. */
  messagingProfileId: string;
  /** What the person may choose instead of writing, on a channel that can show it. */
  choices: readonly Choice[];
  /** What is said in place of the body, outside the 24 hours of WhatsApp. */
  template: OutgoingTemplate | null;
};

/** A button or a row of a list. Titles have at most 24 characters, descriptions 72, ids 200; there are at most ten. */
export type Choice = { id: string; title: string; description?: string };

/** An approved template with the values of this text. */
export type OutgoingTemplate = {
  /** Twilio's ContentSid; Meta goes by name and language. */
  externalId: string;
  name: string;
  /** As Meta writes it: `en_US`. */
  language: string;
  /** In the order of `{{1}}`, `{{2}}`. */
  values: readonly string[];
  /** The quick replies under it, in their order: Meta is told with each send what a tap on them is to say. */
  choices?: readonly Choice[];
};

/**
 * What the carrier made of a try.
 * - accepted: it has the text; receipts follow.
 * - refused: a final no; `optedOut` when the carrier itself blocks this recipient; `elsewhere` when another carrier may
 *   take it, since only this number or account is not allowed to; `windowClosed` when it takes nothing but templates now, since
 *   the person has not written on WhatsApp for 24 hours; `templateAtFault` when its template is paused, gone or does not fit;
 *   `noMarketing` when the person told the carrier that they want no marketing of the clinic; `notOnWhatsApp` when it cannot
 *   bring them anything, since they are not there.
 * - retryable: it certainly does not have the text (429, refused connection); `retryAfterMs` when it said so; `only` when
 *   this sender alone has no room or is at fault, or what it sends to this person, and others of the account are not touched.
 * - unknown: it may have the text (time-out, reset or 5xx after the request left). Never repeated blindly.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerMessageId: string }
  | {
      kind: 'refused';
      code: string;
      reason: string;
      optedOut: boolean;
      elsewhere?: boolean;
      windowClosed?: boolean;
      templateAtFault?: boolean;
      noMarketing?: boolean;
      notOnWhatsApp?: boolean;
    }
  | { kind: 'retryable'; code: string; retryAfterMs?: number; only?: 'sender' | 'person' }
  | { kind: 'unknown'; code: string };

/** What a carrier's code means for a text that it took and that did not arrive; see `SendOutcome`. */
export type CodeMeaning = {
  /** It blocks this person. */
  blocked: boolean;
  windowClosed: boolean;
  templateAtFault: boolean;
  /** The person told it that they want no marketing of the clinic. */
  noMarketing: boolean;
  notOnWhatsApp: boolean;
  /** For the clinic's staff; null when the code is none that is known. */
  words: string | null;
};

/** A try whose answer was lost. */
export type LostTry = Pick<OutgoingText, 'attemptId' | 'channel' | 'from' | 'to' | 'body'> & {
  startedAt: Temporal.Instant;
};

/**
 * What a carrier knows of a lost try.
 * - has-it: it took the text; `status` as its receipts would say it.
 * - has-not: it surely never took it.
 * - cannot-tell: it cannot be asked, or its answer decides nothing.
 */
export type LookUpAnswer =
  | { kind: 'has-it'; providerMessageId: string; status: DeliveryStatus; errorCode: string | null }
  | { kind: 'has-not' }
  | { kind: 'cannot-tell' };

/** Hands texts to a carrier, once per call, and never retries by itself. */
export type TextGateway = {
  readonly provider: CarrierName;
  send(text: OutgoingText): Promise<SendOutcome>;
  /** Asks the carrier what became of a try. Never throws. */
  lookUp(lost: LostTry): Promise<LookUpAnswer>;
};

/** Tells the person's phone that a message of theirs was read, and shows it for a while that an answer is coming. */
export type ReadReceipts = {
  /** @throws TransientFailure, PermanentFailure */
  markRead(message: {
    provider: CarrierName;
    from: PhoneNumber;
    messagingProfileId: string;
    providerMessageId: string;
  }): Promise<void>;
};

/** A template as it is put before those who approve it. */
export type TemplateToApprove = {
  /** Meta's business account; for Twilio, the account. */
  account: string;
  name: string;
  language: string;
  category: 'utility' | 'marketing';
  body: string;
  examples: readonly string[];
  choices: readonly Choice[];
};

/** What the provider says of a template. `reason` in its own words; `category` null where it is none that the desk knows. */
export type TemplateStanding = {
  externalId: string;
  category: TemplateToApprove['category'] | null;
  state: 'submitted' | 'approved' | 'rejected' | 'paused' | 'disabled';
  reason: string | null;
};

/** The provider's list of templates. All throw TransientFailure or PermanentFailure, the latter with words for people. */
export type TemplateRegistry = {
  readonly provider: Extract<CarrierName, 'meta' | 'twilio'>;
  /** Looks it up by name and language: what may have been submitted is not submitted again. Null: it is not there. */
  find(template: {
    orgId: Id;
    account: string;
    name: string;
    language: string;
    externalId: string | null;
  }): Promise<TemplateStanding | null>;
  submit(template: TemplateToApprove & { orgId: Id }): Promise<TemplateStanding>;
  /** Deletes it. That it is gone already is no failure. */
  remove(template: { orgId: Id; account: string; name: string; externalId: string }): Promise<void>;
};

/** An entry of a carrier's own list of who stopped texts of a number, or wants them again. */
export type CarrierOptOut = {
  phone: string;
  clinicNumber: string;
  kind: 'opt-out' | 'opt-in';
  /** The keyword that the carrier heard. */
  wording: string | null;
  at: Temporal.Instant;
};

/** The list of opt-outs that a carrier keeps by itself. */
export type CarrierOptOuts = {
  /** The entries of a messaging profile from a moment on, in any order. Throws when the list cannot be read to its end. */
  since(messagingProfileId: string, since: Temporal.Instant): AsyncIterable<CarrierOptOut>;
};

/** Commands to a call at the carrier. Repeating a command id within a minute has no effect. */
export type CallControl = {
  /**
   * Ends a parked call as busy. A call that is already over is no error.
   * @throws PermanentFailure when the carrier knows no such call, TransientFailure when it could not be asked
   */
  reject(call: { callControlId: string; commandId: Id }): Promise<void>;
};

/** A text that a person has to look after. `causeKey` names kind and text: the same cause opens one task. */
export type TextTask = {
  orgId: Id;
  kind: TextTaskKind;
  causeKey: string;
  messageId: Id;
  conversationId: Id | null;
  /** In words for staff. */
  reason: string;
  now: Temporal.Instant;
};
export type TextTaskKind = 'text-failed' | 'text-outcome-unknown';

/** The work list of the clinic's staff, written in the transaction of the cause. */
export type TextTasks = {
  open(tx: TenantTransaction, task: TextTask): Promise<void>;
  /** The text found its way after all: nobody has to look any more. */
  resolve(tx: TenantTransaction, task: Pick<TextTask, 'orgId' | 'causeKey' | 'now'>): Promise<void>;
};

/** Has the state of a template read again, in the transaction of the refusal that casts doubt on it. */
export type TemplateDoubts = {
  doubt(tx: TenantTransaction, template: { orgId: Id; templateId: Id; now: Temporal.Instant }): Promise<void>;
};

export type { CarrierFile, FetchOutcome, MediaSource, MediaStore } from './media/media-ports.ts';
