import { toInstant } from '@frontdesk/db';
import type { Channel } from '@frontdesk/contracts';
import type { Id } from '@frontdesk/kernel';
import { waitsForCampaign, waitsForSender, type TextAtTheGate } from '../clear-to-send.ts';
import type { Choice } from '../ports.ts';
import type { EarlierTry, SendingNumber } from '../route.ts';
import type { TextClass } from '../text-class.ts';
import type { SmsLine } from './find-sms-line.ts';

/** A queued text whose row this transaction holds. */
export type LockedText = TextAtTheGate & {
  from: string;
  body: string;
  /** It has been seen to wait for its sender, and staff know. */
  waitedForSender: boolean;
  waitedForCampaign: boolean;
  /** What the person may choose instead of writing. */
  choices: readonly Choice[];
  attempts: number;
  dueAt: Temporal.Instant;
  clinicName: string;
  /** Another text has left for this person before. */
  met: boolean;
  /** The number that it is to leave from; null when it is no longer the clinic's. */
  home: SendingNumber | null;
  /** The clinic's numbers at other carriers, those of the same location first. */
  standIns: readonly SendingNumber[];
  tries: readonly EarlierTry[];
  /** How often a carrier was called for it. */
  calls: number;
  contactId: Id | null;
  conversationId: Id | null;
  answers: Answers | null;
  /** Where it leaves from though it was asked for on WhatsApp: the person is known not to be there. Null: it leaves as it was asked for. */
  smsInstead: SmsLine | null;
};

/** The texts of a person that a reply answers. */
export type Answers = {
  /** When the oldest of them came in. */
  since: Temporal.Instant;
  /** Nothing was said to the person before. */
  first: boolean;
};

/** What the database knows of a queued text, before it is read. */
export type QueuedTextRow = {
  channel: Channel; // a check constraint keeps it among them
  class: string;
  kind: string;
  from_number: string;
  to_number: string;
  body: string;
  attempts: number;
  next_attempt_at: Date | null;
  created_at: Date;
  contact_id: Id | null;
  conversation_id: Id | null;
  opted_out: boolean;
  name: string;
  home: SendingNumber | null;
  campaign_closed: boolean;
  stand_ins: SendingNumber[];
  tries: EarlierTry[];
  follows_open: boolean;
  answers_since: Date | null;
  is_first: boolean;
  met: boolean;
  time_zone: string;
  person_zone: string | null;
  us_state: string | null;
  texts_from: string;
  texts_until: string;
  marketing_consent: boolean;
  expires_at: Date | null;
  visit_changed: boolean;
  follow_up_id: Id | null;
  media_urls: string[];
  choices: Choice[]; // requestText writes no others
  template_values: Record<string, string>;
  window_closed_at: Date | null;
  reason: string | null;
};

/** The text, but for what is asked of other tables afterwards. */
export function lockedText(row: QueuedTextRow): Omit<LockedText, 'wishUnclear' | 'personWrote' | 'offerIsSettled'> {
  const createdAt = toInstant(row.created_at);
  return {
    channel: row.channel,
    class: row.class as TextClass, // a check constraint keeps it among the classes
    kind: row.kind,
    from: row.from_number,
    to: row.to_number,
    body: row.body,
    attempts: row.attempts,
    dueAt: row.next_attempt_at === null ? createdAt : toInstant(row.next_attempt_at),
    createdAt,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    optedOut: row.opted_out,
    clinicName: row.name,
    met: row.met,
    home: row.home,
    standIns: row.stand_ins,
    tries: row.tries,
    calls: row.tries.length,
    fromNumberIsClinics: row.home !== null,
    campaignClosed: row.campaign_closed,
    followsOpenText: row.follows_open,
    timeZone: row.time_zone,
    personZone: row.person_zone,
    personState: row.us_state,
    window: { opens: Temporal.PlainTime.from(row.texts_from), closes: Temporal.PlainTime.from(row.texts_until) },
    marketingConsent: row.marketing_consent,
    expiresAt: row.expires_at === null ? null : toInstant(row.expires_at),
    visitChanged: row.visit_changed,
    mediaUrls: row.media_urls,
    waitedForSender: row.reason === waitsForSender,
    waitedForCampaign: row.reason === waitsForCampaign,
    choices: row.choices,
    onWhatsApp: null,
    smsInstead: null,
    answers: row.answers_since === null ? null : { since: toInstant(row.answers_since), first: row.is_first },
  };
}
