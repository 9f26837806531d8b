import type { Channel } from '@frontdesk/contracts';
import { parsePersonAddress, type PersonAddress } from '@frontdesk/kernel';
import type { DayHours } from './quiet-hours/day-hours.ts';
import { hoursOfClass } from './quiet-hours/hours-of-class.ts';
import { nextAllowed, type Opening } from './quiet-hours/next-allowed.ts';
import { statesOfPerson, zonesOfPerson } from './quiet-hours/zones-of-person.ts';
import { keywordAnswerKinds, type TextClass } from './text-class.ts';
import type { ChosenTemplate } from './whatsapp/choose-template.ts';
import { isWindowOpen, type WindowFacts } from './whatsapp/window.ts';

/** Why a text does not leave, with the words that people read. */
export const suppressions = {
  'opted-out': 'the person asked for no more texts',
  'from-number-gone': 'the number it was to leave from is no longer the clinic’s',
  'sender-offline':
    'the clinic’s WhatsApp number is not connected, and an answer that comes hours late helps nobody: connect the number again, and write to the person or call them',
  'campaign-closed':
    'carriers refuse what leaves from the clinic’s number, since its campaign is suspended, turned away or over, and an answer that comes days late helps nobody: write to the person in another way or call them, and see the page on registration for what to do',
  'outside-window':
    'the person has not written on WhatsApp for 24 hours, and no approved template of the clinic may say it: call them, or add a template of its kind',
  'picture-outside-window':
    'the person has not written on WhatsApp for 24 hours, and until they do it takes no picture from the clinic: send the words without it, or ask the person to write',
  'no-carrier': 'no carrier that the desk is connected to takes it from a number of the clinic',
  'impossible-number': 'the recipient’s number cannot exist',
  'no-number': 'WhatsApp keeps the person’s number to itself, and SMS needs one: write to them on WhatsApp',
  'confirmation-too-late': 'the opt-out could not be confirmed within five minutes',
  stale: 'its time had passed before it could leave',
  'visit-changed': 'the visit that it is about was cancelled or moved',
  'person-wrote': 'the person wrote before it could leave',
  'offer-settled': 'the person has a visit, or the team talks with them',
  'no-marketing-consent': 'the person did not agree to marketing texts',
  'wish-unclear': 'the person wrote something since that may mean no more texts',
  'never-allowed': 'the law and the clinic’s own hours leave no time for it',
  'too-late-by-morning': 'it may leave only when its time has passed',
} as const;
/** What the row of a text says while it waits for its sender. */
export const waitsForSender = 'it waits for the clinic’s WhatsApp number, which is not connected';
/** The same while it waits for the campaign of its number. */
export const waitsForCampaign =
  'it waits until the campaign of the clinic’s number is live again; the page on registration says what to do';

export type SuppressionReason = keyof typeof suppressions;

/** Which reason the words stand for. Null: they are another's. */
export function suppressionOf(words: string | null): SuppressionReason | null {
  const reasons = Object.keys(suppressions) as SuppressionReason[]; // the keys of the table
  return reasons.find((reason) => suppressions[reason] === words) ?? null;
}

/** Everything that the last gate looks at, read under the lock of the text's row. */
export type TextAtTheGate = {
  channel: Channel;
  class: TextClass;
  kind: string;
  to: string;
  mediaUrls: readonly string[];
  createdAt: Temporal.Instant;
  optedOut: boolean;
  fromNumberIsClinics: boolean;
  /** The campaign of the number is suspended, turned away or over: carriers would refuse the text. */
  campaignClosed: boolean;
  /** An earlier text to the same person is still on its way to the carrier. */
  followsOpenText: boolean;
  /** The clinic's. */
  timeZone: string;
  /** Where the person is, when it is known better than by the area code. */
  personZone: string | null;
  /** Where the person lives, when it is known. */
  personState: string | null;
  /** The clinic's own window for texts that nobody waits for, where the person is. */
  window: DayHours;
  marketingConsent: boolean;
  /** Since then they wrote something that may have meant no more texts. */
  wishUnclear: boolean;
  /** Afterwards it makes no sense to send it. */
  expiresAt: Temporal.Instant | null;
  /** The visit that it is about was cancelled or moved. */
  visitChanged: boolean;
  /** It asks whether the person is still there, and they wrote since. */
  personWrote: boolean;
  /** It asks about times that were offered, and the person has a visit by now, or the team talks with them. */
  offerIsSettled: boolean;
  /** Null on other channels. */
  onWhatsApp: OnWhatsApp | null;
};

/** What WhatsApp alone asks. */
export type OnWhatsApp = WindowFacts & {
  senderIsOnline: boolean;
  /** What may be said outside the window. */
  template: ChosenTemplate | null;
};

export type Clearance =
  /** With a template where nothing else may be said. */
  | { kind: 'cleared'; to: PersonAddress; template: ChosenTemplate | null }
  | { kind: 'suppressed'; reason: SuppressionReason }
  | {
      kind: 'wait';
      until: Temporal.Instant;
      template: ChosenTemplate | null;
      /** Its sender is to come online first, or its campaign to be live again; it is asked for again at `until` in any case. */
      lacks?: Lacking;
    };

/** What a text cannot leave without. */
type Lacking = 'sender' | 'campaign';

const longestWaitForEarlier = Temporal.Duration.from({ seconds: 30 });
const untilAskedForAgain = Temporal.Duration.from({ minutes: 15 });
const stepOfWaiting = Temporal.Duration.from({ seconds: 1 });
/** A confirmation of an opt-out counts as prompt for five minutes (47 CFR 64.1200(a)(12)). */
const promptConfirmation = Temporal.Duration.from({ minutes: 5 });
const allowedThoughOptedOut: readonly string[] = [keywordAnswerKinds.stop, keywordAnswerKinds.help];

/**
 * The last gate before the carrier: whether this text may leave now, later or never. First who may be written to at all, then
 * whether the text still makes sense, then the hour, and last its place behind an earlier one.
 */
export function clearToSend(text: TextAtTheGate, now: Temporal.Instant): Clearance {
  const to = parsePersonAddress(text.to);
  if (text.optedOut && !isAllowedThoughOptedOut(text)) return suppressed('opted-out');
  if (to === null) return suppressed('impossible-number');
  if (text.channel === 'sms' && to.startsWith('wa:')) return suppressed('no-number');
  if (!text.fromNumberIsClinics) return suppressed('from-number-gone');
  if (text.class === 'marketing' && !text.marketingConsent) return suppressed('no-marketing-consent');
  if (text.class === 'marketing' && text.wishUnclear) return suppressed('wish-unclear');
  if (text.kind === keywordAnswerKinds.stop && isOlder(text, promptConfirmation, now)) {
    return suppressed('confirmation-too-late');
  }
  if (text.expiresAt !== null && !isBefore(now, text.expiresAt)) return suppressed('stale');
  if (text.visitChanged) return suppressed('visit-changed');
  if (text.personWrote) return suppressed('person-wrote');
  if (text.offerIsSettled) return suppressed('offer-settled');
  const opening = openingFor(text, to, now);
  const lacks = lackOf(text);
  if (lacks !== null && opening === 'now' && text.expiresAt === null) return suppressed(goneWithout[lacks]);
  const isOutside = text.onWhatsApp !== null && !isWindowOpen(text.onWhatsApp, now);
  const template = isOutside ? (text.onWhatsApp?.template ?? null) : null;
  if (isOutside && template === null) {
    return suppressed(text.mediaUrls.length > 0 ? 'picture-outside-window' : 'outside-window');
  }
  if (opening === 'never') return suppressed('never-allowed');
  if (opening !== 'now') {
    if (text.expiresAt !== null && !isBefore(opening, text.expiresAt)) return suppressed('too-late-by-morning');
    return { kind: 'wait', until: opening, template };
  }
  if (lacks !== null) return { kind: 'wait', until: nextLook(text, now), template, lacks };
  if (text.followsOpenText && !isOlder(text, longestWaitForEarlier, now)) {
    return { kind: 'wait', until: now.add(stepOfWaiting), template };
  }
  return { kind: 'cleared', to, template };
}

const goneWithout: Readonly<Record<Lacking, SuppressionReason>> = {
  sender: 'sender-offline',
  campaign: 'campaign-closed',
};

function lackOf({ onWhatsApp, campaignClosed }: TextAtTheGate): Lacking | null {
  if (onWhatsApp !== null) return onWhatsApp.senderIsOnline ? null : 'sender';
  return campaignClosed ? 'campaign' : null;
}

/** Only a text with a time of its own waits for its sender or its campaign: until then it helps as much as now. */
function nextLook({ expiresAt }: TextAtTheGate, now: Temporal.Instant): Temporal.Instant {
  const next = now.add(untilAskedForAgain);
  return expiresAt !== null && isBefore(expiresAt, next) ? expiresAt : next;
}

/** When the quiet hours of everywhere that the person may be let the text leave. */
function openingFor(text: TextAtTheGate, phone: PersonAddress, now: Temporal.Instant): Opening {
  const { personZone, personState, timeZone: clinicZone, window: clinicHours } = text;
  const hoursOn = hoursOfClass(text.class, { states: statesOfPerson({ phone, personState }), clinicHours });
  return hoursOn === null
    ? 'now'
    : nextAllowed(now, { zones: zonesOfPerson({ phone, personZone, clinicZone }), hoursOn });
}

function suppressed(reason: SuppressionReason): Clearance {
  return { kind: 'suppressed', reason };
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

function isAllowedThoughOptedOut(text: TextAtTheGate): boolean {
  return text.class === 'keyword-answer' && allowedThoughOptedOut.includes(text.kind);
}

function isOlder({ createdAt }: TextAtTheGate, age: Temporal.Duration, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(createdAt.add(age), now) <= 0;
}
