import { plain } from '../words.ts';
import { findDays, weekdayNames, type Weekday } from './days.ts';

/** `YYYY-MM-DD`, both sides included. */
export type DateRange = { from: string; until: string };

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthDay = new RegExp(String.raw`\b(${monthNames.join('|')})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?\b`);
const slashed = /\b(1[0-2]|0?[1-9])\/(3[01]|[12]\d|0?[1-9])\b/;
const dayOfMonth = /\bthe (\d{1,2})(?:st|nd|rd|th)\b/;

/** The days of the calendar that the words name, seen from `today`; undefined when they name none. */
export function findDates(said: string, today: Temporal.PlainDate): DateRange | undefined {
  const text = plain(said);
  if (/\bday after tomorrow\b/.test(text)) return oneDay(today.add({ days: 2 }));
  if (/\b(tomorrow|tmrw|tmr|tomorow)\b/.test(text)) return oneDay(today.add({ days: 1 }));
  if (/\b(today|tonight|this (morning|afternoon|evening))\b/.test(text)) return oneDay(today);
  const monday = today.add({ days: 8 - today.dayOfWeek });
  const nextDay = /\bnext (\w+)\b/.exec(text)?.[1];
  if (nextDay === 'week') return range(monday, monday.add({ days: 6 }));
  if (nextDay === 'weekend') return range(monday.add({ days: 5 }), monday.add({ days: 6 }));
  if (nextDay === 'month') {
    const first = today.add({ months: 1 }).with({ day: 1 });
    return range(first, first.add({ months: 1 }).subtract({ days: 1 }));
  }
  const [named] = nextDay === undefined ? [] : findDays(nextDay);
  if (named !== undefined) return oneDay(monday.add({ days: weekdayNames.indexOf(named) }));
  if (/\bthis week(?!end)/.test(text)) return range(today, monday.subtract({ days: 1 }));
  if (/\bthis weekend\b/.test(text))
    return range(later(today, monday.subtract({ days: 2 })), monday.subtract({ days: 1 }));
  return calendarDay(text, today);
}

function calendarDay(text: string, today: Temporal.PlainDate): DateRange | undefined {
  const written = monthDay.exec(text);
  if (written !== null) return onOrAfter(today, monthNames.indexOf(written[1] ?? '') + 1, Number(written[2]));
  const numbers = slashed.exec(text);
  if (numbers !== null) return onOrAfter(today, Number(numbers[1]), Number(numbers[2]));
  const day = Number(dayOfMonth.exec(text)?.[1]);
  if (!(day >= 1 && day <= 28) && !(day <= today.daysInMonth)) return undefined;
  const next = day >= today.day ? today.with({ day }) : today.add({ months: 1 }).with({ day });
  return oneDay(next);
}

function onOrAfter(today: Temporal.PlainDate, month: number, day: number): DateRange | undefined {
  const date = today.with({ month, day });
  if (date.day !== day) return undefined;
  return oneDay(Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date);
}

/** The weekday of a range of one day. */
export function weekdayOf({ from, until }: DateRange): Weekday | undefined {
  return from === until ? weekdayNames[Temporal.PlainDate.from(from).dayOfWeek - 1] : undefined;
}

/** `Friday, November 20, 2026` as a date. */
export function readToday(words: string): Temporal.PlainDate | undefined {
  const found = /([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})/.exec(words);
  const month = monthNames.indexOf(found?.[1]?.toLowerCase() ?? '') + 1;
  if (found === null || month === 0) return undefined;
  return Temporal.PlainDate.from({ year: Number(found[3]), month, day: Number(found[2]) });
}

const range = (from: Temporal.PlainDate, until: Temporal.PlainDate): DateRange => ({
  from: from.toString(),
  until: until.toString(),
});
const oneDay = (day: Temporal.PlainDate): DateRange => range(day, day);
const later = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) > 0 ? a : b;
