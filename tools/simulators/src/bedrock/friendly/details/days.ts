import { plain, without } from '../words.ts';

export const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdayNames)[number];

const spelled: Record<Weekday, string> = {
  monday: 'mon(?:day)?s?',
  tuesday: 'tue(?:s|sday)?s?',
  wednesday: 'wed(?:s|nesday|nsday)?s?',
  thursday: 'thu(?:r|rs|rsday)?s?',
  friday: 'fri(?:day)?s?',
  saturday: 'sat(?:urday)?s?',
  sunday: 'sun(?:day)?s?',
};
const anyDay = Object.values(spelled).join('|');
const range = new RegExp(`\\b(${anyDay})\\.? ?(?:-|to|thru|through|until|til) ?(${anyDay})\\b`);
const excluded = new RegExp(
  `\\b(?:not|except|but not|besides|can'?t do|can'?t on|no|anything but) (?:on )?(?:a )?((?:${anyDay})(?:(?:,| or| and)+ ?(?:${anyDay}))*)\\b`,
);

/** The days of the week that the words name, in the week's order; empty when they name none. */
export function findDays(said: string): Weekday[] {
  const text = plain(said);
  const exclusion = excluded.exec(text);
  if (exclusion !== null) {
    const kept = named(text.replace(exclusion[0], ' '));
    const out = named(exclusion[1] ?? '');
    return (kept.length > 0 ? kept : [...weekdayNames]).filter((day) => !out.includes(day));
  }
  return named(text);
}

function named(text: string): Weekday[] {
  const found = new Set<Weekday>();
  const span = range.exec(text);
  if (span !== null) for (const day of between(oneDay(span[1]), oneDay(span[2]))) found.add(day);
  const rest = span === null ? text : without(text, range);
  if (/\bweek ?days?\b|\bduring the week\b/.test(rest)) for (const day of weekdayNames.slice(0, 5)) found.add(day);
  if (/\bweek ?ends?\b/.test(rest) && !/\bend of (the )?week\b/.test(rest))
    for (const day of weekdayNames.slice(5)) found.add(day);
  if (/\b(end of (the|this|next) week|later (in the|this) week)\b/.test(rest)) found.add('thursday').add('friday');
  for (const day of weekdayNames) if (new RegExp(`\\b(?:${spelled[day]})\\b`).test(rest)) found.add(day);
  return weekdayNames.filter((day) => found.has(day));
}

function oneDay(text: string | undefined): number {
  return weekdayNames.findIndex((day) => new RegExp(`^(?:${spelled[day]})$`).test(text ?? ''));
}

function between(from: number, until: number): Weekday[] {
  return weekdayNames.filter((_day, n) => (from <= until ? n >= from && n <= until : n >= from || n <= until));
}
