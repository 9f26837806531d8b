import type { Money } from '@frontdesk/kernel';
import type { Claim } from './claim.ts';
import { claimsOf, sentencesOf } from './claims.ts';

/** A visit time that the desk may speak of: offered in this conversation, held or booked. */
export type KnownTime = {
  date: Temporal.PlainDate;
  minute: number;
  practitioner: string;
};

/** Everything that a reply may state, fetched for this clinic, this person and this turn. */
export type Records = {
  clinicName: string;
  today: Temporal.PlainDate;
  times: readonly KnownTime[];
  /** By ISO weekday; a day without an entry is closed. */
  hours: ReadonlyMap<number, { opens: number; closes: number }>;
  services: readonly { id: string; name: string; aliases: readonly string[]; price: Money; minutes: number }[];
  deposits: readonly Money[];
  holdMinutes: number;
  /** What else is on record, in words: looked-up facts, notes of the search, address, numbers, names. */
  texts: readonly string[];
  /** What the person wrote: good for echoing a wish, never for confirming it. */
  said: readonly string[];
  preferredDays: readonly number[];
};

/** A claim that stands in a record's own words, with the sentence around it. */
export type Recorded = { claim: Claim; sentence: string };

export function recordedIn(texts: readonly string[]): Recorded[] {
  return texts.flatMap(sentencesOf).flatMap((sentence) => claimsOf(sentence).map((claim) => ({ claim, sentence })));
}
