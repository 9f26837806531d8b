import type { Claim } from './claim.ts';
import { dayBeside, isOn, type DayClaim } from './days.ts';
import type { Recorded, Records } from './records.ts';

export type Known = { records: Records; recorded: readonly Recorded[]; said: readonly Recorded[] };
type Place = { sentence: string; claims: readonly Claim[]; known: Known };

/** Sentences that offer, hold or book: their times must be of visits, not of opening hours. */
function isAboutAvailability(sentence: string): boolean {
  return /\b(availab\w*|openings?|slots?|free|book\w*|hold\w*|held|reserv\w*|schedul\w*|offer\w*|options?|how about|what about|see you|fit you|squeeze|come in|appointments?|visit|i have|i've got|we have|we've got|can do|could do|work for you|works? (for you|best)|would .* work|does .* work|confirm\w*|put you|pencil\w*|choose|pick|next)\b/i.test(
    sentence,
  );
}

const refusing =
  /\b(no|not|n't|none|nothing|isn't|aren't|don't|doesn't|can't|cannot|unfortunately|fully booked|taken|closed|ran out|just (been )?(booked|taken)|no longer)\b/i;
const echoing = /\b(after|before|past|until|till|by|between|from|later than|earlier than|around|since|and|to)\s*$/i;

/** Where a time stands on record; null when nowhere. With a day beside it, both must stand there together. */
export function bindTime(claim: Extract<Claim, { kind: 'time' }>, place: Place): string | null {
  const { sentence, claims, known } = place;
  const { records, recorded } = known;
  const day = dayBeside(claim, claims);
  const visits = records.times.filter(
    (time) => claim.minutes.includes(time.minute) && byNamed(time.practitioner, sentence, records),
  );
  if (visits.some(({ date }) => day === null || isOn(day, date, records.today))) return 'visit time';
  if (isEcho(claim, place)) return "the person's wish";
  if (refusing.test(sentence) && saidTime(claim, known)) return "the person's wish";
  if (isAboutAvailability(sentence) && !/\b(hours?|open|close[sd]?)\b/i.test(sentence)) return null;
  const hours = day === null ? [...records.hours.values()] : hoursOf(day, records);
  if (hours.some(({ opens, closes }) => claim.minutes.includes(opens) || claim.minutes.includes(closes)))
    return 'opening hours';
  const written = recorded.some(
    (entry) => entry.claim.kind === 'time' && sharesMinute(entry.claim.minutes, claim.minutes),
  );
  return written && day === null ? 'record' : null;
}

/** Where a day stands on record. */
export function bindDay(claim: DayClaim, { sentence, known }: Place): string | null {
  const { records, recorded, said } = known;
  if (records.times.some(({ date }) => isOn(claim, date, records.today))) return 'visit time';
  const wished =
    (claim.kind === 'day' && records.preferredDays.includes(claim.isoDay)) ||
    said.some((entry) => sameDay(entry.claim, claim));
  const written = recorded.some((entry) => sameDay(entry.claim, claim));
  if (claim.kind === 'date' || isAboutAvailability(sentence)) {
    if (written) return 'record';
    if (claim.kind === 'date')
      return wished && (refusing.test(sentence) || sentence.endsWith('?')) ? "the person's wish" : null;
    return wished ? "the person's wish" : null;
  }
  if (written) return 'record';
  if (claim.kind === 'relative-day') return 'calendar';
  const open = records.hours.has(claim.isoDay);
  return open || wished || refusing.test(sentence) ? 'opening hours' : null;
}

/** "after 2:30" repeats the person's own wish, when they wrote that time. */
function isEcho(claim: Extract<Claim, { kind: 'time' }>, { sentence, known }: Place): boolean {
  return echoing.test(sentence.slice(0, claim.index)) && saidTime(claim, known);
}

function saidTime(claim: Extract<Claim, { kind: 'time' }>, { said }: Known): boolean {
  return said.some((entry) => {
    if (entry.claim.kind === 'time') return sharesMinute(entry.claim.minutes, claim.minutes);
    return (
      entry.claim.kind === 'number' &&
      claim.minutes.some((minute) => minute % 720 === (Number(Object(entry.claim).value) % 12) * 60)
    );
  });
}

/** When the sentence names one practitioner, the time must be theirs. */
function byNamed(practitioner: string, sentence: string, { times }: Records): boolean {
  const named = [...new Set(times.map((time) => time.practitioner))].filter((name) =>
    name
      .split(' ')
      .some((part) => part.length > 2 && !/^Dr\.?$/.test(part) && new RegExp(`\\b${part}\\b`, 'i').test(sentence)),
  );
  return named.length !== 1 || named[0] === practitioner;
}

function hoursOf(day: DayClaim, { hours, today }: Records): { opens: number; closes: number }[] {
  const iso = day.kind === 'relative-day' ? today.add({ days: day.daysAhead }).dayOfWeek : day.isoDay;
  if (iso === null) return [];
  const found = hours.get(iso);
  return found === undefined ? [] : [found];
}

function sameDay(one: Claim, other: DayClaim): boolean {
  if (one.kind === 'day' && other.kind === 'day') return one.isoDay === other.isoDay;
  if (one.kind === 'relative-day' && other.kind === 'relative-day') return one.daysAhead === other.daysAhead;
  return (
    one.kind === 'date' &&
    other.kind === 'date' &&
    one.day === other.day &&
    (one.month === null || other.month === null || one.month === other.month)
  );
}

function sharesMinute(some: readonly number[], others: readonly number[]): boolean {
  return some.some((minute) => others.includes(minute));
}
