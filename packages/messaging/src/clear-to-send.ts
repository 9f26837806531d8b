import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import { endOfQuietHours } from './quiet-hours.ts';
import { keywordAnswerKinds, type TextClass } from './text-class.ts';

/** Why a text does not leave, with the words that people read. */
export const suppressions = {
  'opted-out': 'the person asked for no more texts',
  'from-number-gone': 'the number it was to leave from is no longer the clinic’s',
  'impossible-number': 'the recipient’s number cannot exist',
  'marketing-unsupported': 'marketing texts are not sent',
  'confirmation-too-late': 'the opt-out could not be confirmed within five minutes',
} as const;
export type SuppressionReason = keyof typeof suppressions;

/** Everything that the last gate looks at, read under the lock of the text's row. */
export type TextAtTheGate = {
  class: TextClass;
  kind: string;
  to: string;
  createdAt: Temporal.Instant;
  optedOut: boolean;
  fromNumberIsClinics: boolean;
  /** An earlier text to the same person is still on its way to the carrier. */
  followsOpenText: boolean;
  /** The clinic's. */
  timeZone: string;
  /** Where the person is, when it is known better than by the area code. */
  personZone: string | null;
  /** The clinic's own window for texts that nobody waits for, where the person is. */
  window: { opens: Temporal.PlainTime; closes: Temporal.PlainTime };
  marketingConsent: boolean;
  /** Afterwards it makes no sense to send it. */
  expiresAt: Temporal.Instant | null;
  /** The visit that it is about was cancelled or moved. */
  visitChanged: boolean;
};

export type Clearance =
  | { kind: 'cleared'; to: PhoneNumber }
  | { kind: 'suppressed'; reason: SuppressionReason }
  | { kind: 'wait'; until: Temporal.Instant };

const longestWaitForEarlier = Temporal.Duration.from({ seconds: 30 });
const stepOfWaiting = Temporal.Duration.from({ seconds: 1 });
/** A confirmation of an opt-out counts as prompt for five minutes (47 CFR 64.1200(a)(12)). */
const promptConfirmation = Temporal.Duration.from({ minutes: 5 });
const allowedThoughOptedOut: readonly string[] = [keywordAnswerKinds.stop, keywordAnswerKinds.help];

/** The last gate before the carrier: whether this text may leave now, later or never. */
export function clearToSend(text: TextAtTheGate, now: Temporal.Instant): Clearance {
  const to = parsePhoneNumber(text.to);
  if (text.optedOut && !isAllowedThoughOptedOut(text)) return { kind: 'suppressed', reason: 'opted-out' };
  if (to === null) return { kind: 'suppressed', reason: 'impossible-number' };
  if (!text.fromNumberIsClinics) return { kind: 'suppressed', reason: 'from-number-gone' };
  if (text.class === 'marketing') return { kind: 'suppressed', reason: 'marketing-unsupported' };
  if (text.kind === keywordAnswerKinds.stop && isOlder(text, promptConfirmation, now)) {
    return { kind: 'suppressed', reason: 'confirmation-too-late' };
  }
  const opening = text.class === 'reminder' ? endOfQuietHours(now, text.timeZone) : null;
  if (opening !== null) return { kind: 'wait', until: opening };
  if (text.followsOpenText && !isOlder(text, longestWaitForEarlier, now)) {
    return { kind: 'wait', until: now.add(stepOfWaiting) };
  }
  return { kind: 'cleared', to };
}

function isAllowedThoughOptedOut(text: TextAtTheGate): boolean {
  return text.class === 'keyword-answer' && allowedThoughOptedOut.includes(text.kind);
}

function isOlder({ createdAt }: TextAtTheGate, age: Temporal.Duration, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(createdAt.add(age), now) <= 0;
}
