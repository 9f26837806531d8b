import { straighten } from './words.ts';

/** The part of the day that suits, in minutes after midnight: visits start at `from` or later and before `until`. */
export type PreferredMinutes = { from: number | null; until: number | null };

const hour =
  '(\\d{1,2}|noon|midday|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?::?([0-5]\\d))?\\s*(a\\.?m?\\.?|p\\.?m?\\.?)?(?![\\w/%$])';
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const parts: [RegExp, PreferredMinutes][] = [
  [/\b(early morning|first thing)\b/, { from: null, until: 10 * 60 }],
  [/\b(late afternoon|after (work|school))\b/, { from: 16 * 60, until: null }],
  [/\b(around lunch|lunch ?time|midday|mid-day|at lunch)\b/, { from: 11 * 60 + 30, until: 14 * 60 }],
  [/\bmornings?\b/, { from: null, until: 12 * 60 }],
  [/\bafternoons?\b/, { from: 12 * 60, until: 17 * 60 }],
  [/\b(evenings?|tonight)\b/, { from: 17 * 60, until: null }],
];

/**
 * When of the day would suit, as a text says it; null when it says nothing of that. "After 2:30" is strictly after: a
 * visit at 2:30 does not do. A bare hour means that hour.
 */
export function readMinutes(text: string): PreferredMinutes | null {
  const words = ` ${straighten(text).toLowerCase()} `;
  const range = new RegExp(`\\b(?:between |from )?${hour}\\s*(?:-|to|and|until|till)\\s*${hour}`).exec(words);
  if (range !== null) {
    const until = minuteOf(range[4], range[5], range[6]);
    const from = minuteOf(range[1], range[2], range[3] ?? range[6]);
    if (from !== null && until !== null) {
      const start = from >= until && from - 720 >= 0 ? from - 720 : from;
      if (start < until) return { from: start, until };
    }
  }
  const after = at(words, '(after|past|later than)');
  const since = at(words, '(from|starting|any ?time after|not before|no earlier than)');
  const before = at(words, '(before|by|until|till|no later than|earlier than)');
  const later = new RegExp(`\\b${hour} (?:or|and) (?:later|after)`).exec(words);
  const earlier = new RegExp(`\\b${hour} (?:or|and) (?:earlier|before)`).exec(words);
  const from = after !== null ? after + 1 : (since ?? (later === null ? null : minuteOf(later[1], later[2], later[3])));
  const until = before ?? (earlier === null ? null : minuteOf(earlier[1], earlier[2], earlier[3]));
  if (from !== null || until !== null) return { from, until };
  const part = parts.find(([pattern]) => pattern.test(words));
  if (part !== undefined) return mergedParts(words) ?? part[1];
  const bare = bareTime(words);
  return bare === null ? null : { from: bare, until: Math.min(bare + 60, 1440) };
}

function mergedParts(words: string): PreferredMinutes | null {
  const said = parts.slice(3).filter(([pattern]) => pattern.test(words));
  if (said.length < 2) return null;
  const froms = said.map(([, { from }]) => from ?? 0);
  const untils = said.map(([, { until }]) => until ?? 1440);
  const [from, until] = [Math.min(...froms), Math.max(...untils)];
  return { from: from === 0 ? null : from, until: until === 1440 ? null : until };
}

function at(words: string, lead: string): number | null {
  const found = new RegExp(`\\b${lead} (?:about |around )?${hour}`).exec(words);
  return found === null ? null : minuteOf(found[2], found[3], found[4]);
}

/** "3pm", "2:30", "at 3", "around 4": a lone number without any of these is no time. */
function bareTime(words: string): number | null {
  const found =
    new RegExp(`\\b(?:at|around|about|like) ${hour}`).exec(words) ??
    /\b(\d{1,2})(?::([0-5]\d))?\s*(a\.?m\b\.?|p\.?m\b\.?)/.exec(words) ??
    /\b(\d{1,2}):([0-5]\d)()/.exec(words) ??
    /^\s*(?:(?:how about|maybe)\s+)?(\d{1,2})()()(?:\s*o'?clock)?\s*(?:please|works|is good)?[.!]?\s*$/.exec(words) ??
    /\b(noon)\b()()/.exec(words);
  return found === null ? null : minuteOf(found[1], found[2], found[3]);
}

/** Clinics are open by day: 1 to 7 without am or pm are in the afternoon. */
function minuteOf(hours: string | undefined, minutes = '0', half: string | undefined): number | null {
  if (hours === undefined) return null;
  if (hours === 'noon' || hours === 'midday') return 720;
  const spoken = numbers.indexOf(hours);
  let value = spoken >= 0 ? spoken : Number(hours);
  if (value > 23 || (half !== undefined && half !== '' && value > 12)) return null;
  const afternoon = half?.startsWith('p') ?? false;
  const morning = half?.startsWith('a') ?? false;
  if (morning && value === 12) value = 0;
  else if (value < 12 && (afternoon || (!morning && value >= 1 && value <= 7))) value += 12;
  return value * 60 + Number(minutes === '' ? '0' : minutes);
}
