import type { OfferedTime } from './desk-facts.ts';
import { findDates } from './details/dates.ts';
import { findDays } from './details/days.ts';
import { findHours } from './details/hours.ts';
import { plain } from './words.ts';

/** How many of the offered times are put into a text. */
export const shownTimes = 3;

/** Which offered times the words mean: one that is taken, several to choose between, or none of them. */
export type Pick = { kind: 'one'; time: OfferedTime } | { kind: 'some'; times: OfferedTime[] } | { kind: 'none' };

type Slot = OfferedTime & { month: string; day: number; weekday: string; minutes: number };

const ordinals: [RegExp, number][] = [
  [/\b(first|1st)\b(?! (visit|time|thing|name|appointment|available))/, 0],
  [/\b(second|2nd)\b/, 1],
  [/\b(third|3rd)\b(?! of)/, 2],
  [/\b(fourth|4th)\b/, 3],
  [/\blast (one|option|time|slot)\b|\bthe last\b/, -1],
];
const lead = String.raw`(?:(?:let'?s (?:do|go with)|i'?ll (?:take|do|go with)|i (?:want|prefer|like)|can i (?:have|get|do)|how about|maybe|ok|okay|yes|yeah|sure|please|number|option|choice|slot|no\.|the)[ ,]*)*`;
const bareNumber = new RegExp(
  String.raw`^${lead}#?(\d{1,2})\)?(?:\W*(?:please|works?|is (?:good|fine|great|perfect)|sounds good|for me|thanks?|thank you))*\W*$`,
);
const option = /\b(?:option|number|choice|slot|#) ?#?(\d)\b|#(\d)\b/;
const exactClock =
  /\b(\d{1,2}):(\d{2}) ?([ap])?|\b(\d{1,2}) ?([ap])\.?m\b|(?:\bat|@|\bthe) (\d{1,2})(?::(\d{2}))?(?![\d:]|st|nd|rd|th)\b/;
const notPicking =
  /\b(after|before|between|other|more|different|else|none|neither|later in|any ?thing)\b|\b(earlier|later|sooner)\b(?! one)/;

/** `choosing`: no time is held yet, so that a plain "ok" or "the earliest" is about the offered ones. */
export function pickTime(
  said: string,
  offered: readonly OfferedTime[],
  today: Temporal.PlainDate,
  choosing = true,
): Pick {
  const slots = offered.map(readSlot);
  const text = plain(said);
  if (slots.length === 0 || text === '') return { kind: 'none' };
  return (
    byNumber(text, slots.slice(0, shownTimes)) ??
    byDescription(said, slots, today) ??
    (choosing ? byRank(text, slots) : { kind: 'none' })
  );
}

function byNumber(text: string, slots: Slot[]): Pick | undefined {
  const bare = bareNumber.exec(text)?.[1];
  const numbered = option.exec(text);
  const chosen = slots[Number(numbered?.[1] ?? numbered?.[2] ?? bare ?? 0) - 1];
  if (chosen !== undefined) return { kind: 'one', time: chosen };
  const ordinal = ordinals.find(([pattern]) => pattern.test(text))?.[1];
  const ranked =
    ordinal === undefined || /\b(november|december|january|nov|dec|jan)\b/.test(text) ? undefined : slots.at(ordinal);
  if (ranked !== undefined) return { kind: 'one', time: ranked };
  return bare === undefined ? undefined : choice(slots.filter((slot) => isHour(slot, Number(bare))));
}

function byDescription(said: string, slots: Slot[], today: Temporal.PlainDate): Pick | undefined {
  const text = plain(said);
  if (notPicking.test(text)) return undefined;
  const days = findDays(said);
  const dates = findDates(said, today);
  const clock = readClock(text);
  const hours = clock === undefined ? findHours(said) : undefined;
  const person = slots.filter(({ practitioner }) => namesPerson(text, practitioner));
  if (days.length === 0 && dates === undefined && clock === undefined && hours === undefined && person.length === 0)
    return undefined;
  const fitting = slots.filter(
    (slot) =>
      (dates === undefined
        ? days.length === 0 || days.some((day) => day.startsWith(slot.weekday))
        : isWithin(slot, dates, today)) &&
      (clock === undefined || isHour(slot, clock.hour, clock.minute)) &&
      (hours === undefined ||
        (slot.minutes >= toMinutes(hours.from, 0) && slot.minutes < toMinutes(hours.until, 1440))) &&
      (person.length === 0 || person.includes(slot)),
  );
  return choice(fitting);
}

function byRank(text: string, slots: Slot[]): Pick {
  if (/\b(none|neither|no|not|don'?t|more|other|else)\b/.test(text)) return { kind: 'none' };
  if (
    /\b(earliest|earlier one|soonest|first available|either|whichever|any of (them|those|these)|you (pick|choose)|surprise me)\b/.test(
      text,
    )
  ) {
    return choice(slots.slice(0, 1));
  }
  if (/\b(latest|later one)\b/.test(text)) return choice(slots.slice(-1));
  if (
    /^(yes|yeah|yep|yup|sure|ok|okay|perfect|great)\b|\b(works|sounds (good|great|perfect)|that one|i'?ll take it|book it|let'?s do (it|that))\b/.test(
      text,
    )
  ) {
    return choice(slots);
  }
  return { kind: 'none' };
}

function choice(times: Slot[]): Pick {
  const [only] = times;
  if (only === undefined) return { kind: 'none' };
  return times.length === 1 ? { kind: 'one', time: only } : { kind: 'some', times };
}

const labelParts = /([A-Z][a-z]{2})[a-z]*,? ([A-Z][a-z]{2})[a-z]* (\d{1,2}),?(?: at)? (\d{1,2})(?::(\d{2}))? ?([AP])M/;

function readSlot(time: OfferedTime): Slot {
  const [, weekday = '', month = '', day, hour, minute = '0', half] = labelParts.exec(time.label) ?? [];
  return {
    ...time,
    weekday: weekday.toLowerCase(),
    month: month.toLowerCase(),
    day: Number(day),
    minutes: ((Number(hour) % 12) + (half === 'P' ? 12 : 0)) * 60 + Number(minute),
  };
}

function readClock(text: string): { hour: number; minute?: number } | undefined {
  const found = exactClock.exec(text);
  if (found === null) return undefined;
  const [, h1, m1, half1, h2, half2, h3, m3] = found;
  const hour = Number(h1 ?? h2 ?? h3);
  if (hour < 1 || hour > 23) return undefined;
  const half = half1 ?? half2;
  const minute = m1 ?? m3;
  return {
    hour: half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0),
    ...(minute === undefined ? {} : { minute: Number(minute) }),
  };
}

/** An hour without am or pm fits both halves of the day. */
function isHour({ minutes }: Slot, hour: number, minute?: number): boolean {
  const slotHour = Math.floor(minutes / 60);
  const sameHour = slotHour === hour || (hour <= 12 && slotHour % 12 === hour % 12 && !(hour === 12 && slotHour === 0));
  return sameHour && (minute === undefined || minutes % 60 === minute);
}

function namesPerson(text: string, practitioner: string): boolean {
  const names = plain(practitioner)
    .split(/[^\p{L}]+/u)
    .filter((name) => name.length > 2);
  return names.some((name) => new RegExp(String.raw`\b${name}\b`).test(text));
}

function isWithin(slot: Slot, { from, until }: { from: string; until: string }, today: Temporal.PlainDate): boolean {
  const date = dateOf(slot, today)?.toString() ?? '';
  return from <= date && date <= until;
}

/** The day of a label such as `Tue, Nov 24, 2:30 PM`, which is never in the past. */
export function dateOf(time: OfferedTime, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const { month, day } = readSlot(time);
  const dates = findDates(`${month} ${day}`, today);
  return dates === undefined ? undefined : Temporal.PlainDate.from(dates.from);
}

function toMinutes(hhmm: string | undefined, otherwise: number): number {
  const [hour, minute] = (hhmm ?? '').split(':').map(Number);
  return hour === undefined || minute === undefined ? otherwise : hour * 60 + minute;
}
