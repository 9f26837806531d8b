import { plainWords, straighten } from './words.ts';

export const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type DayName = (typeof dayNames)[number];

const spelled =
  '(mondays?|mon|tuesdays?|tues?|wednesdays?|wed|weds|thursdays?|thurs?|thu|fridays?|fri|saturdays?|sat|sundays?|sun)';

/** The ISO weekdays that a text names: single ones, ranges ("tue-thu"), weekends, dates ("the 28th", "tomorrow"). */
export function readDays(text: string, today: Temporal.PlainDate): number[] {
  const words = ` ${straighten(text).toLowerCase()} `;
  const days = new Set<number>();
  for (const [, from, until] of words.matchAll(
    new RegExp(`\\b${spelled}\\s*(?:-|to|thru|through|until)\\s*${spelled}\\b`, 'g'),
  )) {
    for (let day = isoDay(from), n = 0; n < 7; n++, day = (day % 7) + 1) {
      days.add(day);
      if (day === isoDay(until)) break;
    }
  }
  for (const [, name] of words.matchAll(new RegExp(`\\b${spelled}\\b`, 'g'))) days.add(isoDay(name));
  if (/\bweek ?days?\b|\bduring the week\b/.test(words)) [1, 2, 3, 4, 5].forEach((day) => days.add(day));
  if (/\bweek ?ends?\b/.test(words) && !/\bend of (the )?week\b/.test(words)) [6, 7].forEach((day) => days.add(day));
  if (/\bend of (the )?week\b/.test(words)) [4, 5].forEach((day) => days.add(day));
  if (/\b(today|tonight|this (afternoon|evening|morning))\b/.test(words)) days.add(today.dayOfWeek);
  if (/\btomorrow\b/.test(words)) days.add(today.add({ days: 1 }).dayOfWeek);
  for (const date of readDates(words, today)) days.add(date.dayOfWeek);
  return [...days].sort((a, b) => a - b);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "the 28th", "Nov 28", "11/28": the next day of that name from today on. */
export function readDates(text: string, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  const add = (month: number | null, day: number) => {
    const date = nextDate(today, month, day);
    if (date !== null) found.push(date);
  };
  const words = text.toLowerCase();
  const named = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?\b/g;
  for (const [, month = '', day] of words.matchAll(named)) add(months.indexOf(month) + 1, Number(day));
  for (const [, day] of words.matchAll(/\bthe (\d{1,2})(?:st|nd|rd|th)\b/g)) add(null, Number(day));
  for (const [, month, day] of words.matchAll(/(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d/])/g))
    add(Number(month), Number(day));
  return found;
}

function nextDate(today: Temporal.PlainDate, month: number | null, day: number): Temporal.PlainDate | null {
  if (day < 1 || day > 31 || (month !== null && (month < 1 || month > 12))) return null;
  for (let ahead = 0; ahead < 13; ahead++) {
    const there = today.with({ day: 1 }).add({ months: ahead });
    if ((month === null || there.month === month) && day <= there.daysInMonth) {
      const date = there.with({ day });
      if (Temporal.PlainDate.compare(date, today) >= 0) return date;
    }
  }
  return null;
}

/** Whether the words leave the choice to us: "any time", "whenever works", "I'm flexible". */
export function readAnyTime(text: string): boolean {
  return /\b(any ?(time|day|thing|where)|whenever|flexible|does ?n ?t matter|do ?n ?t care|no preference|either|wide open|open schedule|all day|soonest|asap|earliest|first available|next available|as soon as)\b/.test(
    plainWords(text),
  );
}

/** 1 for "Mondays", 5 for "fri". */
export function isoDay(name: string | undefined): number {
  return dayNames.findIndex((day) => name !== undefined && day.startsWith(name.slice(0, 3).toLowerCase())) + 1;
}
