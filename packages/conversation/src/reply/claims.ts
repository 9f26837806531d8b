import { isoDay } from '../understanding/preferred-days.ts';
import { straighten } from '../understanding/words.ts';

/** Something in a sentence that is either true or not. `index` is where it stands. */
export type Claim = { words: string; index: number } & (
  | { kind: 'link' | 'phone' }
  | { kind: 'amount'; cents: number }
  | { kind: 'percent'; value: number }
  | { kind: 'quantity'; value: number; unit: string }
  /** `minutes` after midnight; two when am or pm was left out. */
  | { kind: 'time'; minutes: number[] }
  | { kind: 'day'; isoDay: number }
  | { kind: 'date'; month: number | null; day: number; isoDay: number | null }
  | { kind: 'relative-day'; daysAhead: number }
  | { kind: 'number'; value: number }
);

type Find = (groups: readonly (string | undefined)[]) => Pick<Claim, 'kind'> & Record<string, unknown>;

const small = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const tens: Record<string, number> = {
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const numberWord = `(?:${[...small.slice(1), ...Object.keys(tens)].join('|')})(?:[- ](?:${small.slice(1, 10).join('|')}|hundred|thousand))*`;
const weekday =
  '(mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\.?';
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const unit =
  '(minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|units?|syringes?|vials?|sessions?|cycles?|treatments?|visits?)';
const half = '(a\\.?m\\b\\.?|p\\.?m\\b\\.?)';
const hourWord = `(${small.slice(1).join('|')})`;

/** In this order: what one pattern takes is not seen by the next. */
const patterns: [RegExp, Find][] = [
  [
    /https?:\/\/\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|co|link|me|ly|us|biz|info|app|site|pay|shop|gl|to)\b(?:\/\S*)?|\S+@\S+\.\w+/gi,
    () => ({ kind: 'link' }),
  ],
  [/\+?\d?[ .-]?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\+\d{9,15}\b|\b\d{3}[.-]\d{4}\b/g, () => ({ kind: 'phone' })],
  [
    /(?:\$|usd ?|us\$ ?)(\d[\d,]*(?:\.\d{1,2})?)( ?k\b)?/gi,
    ([, amount, thousands]) => ({ kind: 'amount', cents: cents(amount) * (thousands === undefined ? 1 : 1000) }),
  ],
  [
    /\b(\d[\d,]*(?:\.\d{1,2})?) ?(?:-| )?(?:dollars?|bucks?|usd)\b/gi,
    ([, amount]) => ({ kind: 'amount', cents: cents(amount) }),
  ],
  [
    new RegExp(`\\b(${numberWord})(?:[ -]and)?[ -](?:dollars?|bucks?)\\b`, 'gi'),
    ([, amount]) => ({ kind: 'amount', cents: 100 * wordNumber(amount) }),
  ],
  [/(\d+(?:\.\d+)?) ?(?:%|percent\b)/gi, ([, value]) => ({ kind: 'percent', value: Number(value) })],
  [new RegExp(`\\b(${numberWord}) percent\\b`, 'gi'), ([, value]) => ({ kind: 'percent', value: wordNumber(value) })],
  [
    new RegExp(`(?:\\b${weekday},? )?(?:the )?\\b${month} (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? \\d{4}\\b)?`, 'gi'),
    ([, day, name, date]) => ({
      kind: 'date',
      month: monthOf(name),
      day: Number(date),
      isoDay: day === undefined ? null : isoDay(day),
    }),
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${month}\\b`, 'gi'),
    ([, date, name]) => ({ kind: 'date', month: monthOf(name), day: Number(date), isoDay: null }),
  ],
  [
    /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/\d{2,4})?(?![\d/])/g,
    ([, first, date]) => ({ kind: 'date', month: Number(first), day: Number(date), isoDay: null }),
  ],
  [
    new RegExp(`(?:\\b${weekday},? )?\\bthe (\\d{1,2})(?:st|nd|rd|th)\\b`, 'gi'),
    ([, day, date]) => ({
      kind: 'date',
      month: null,
      day: Number(date),
      isoDay: day === undefined ? null : isoDay(day),
    }),
  ],
  [new RegExp(`\\b${weekday}\\b`, 'gi'), ([, day]) => ({ kind: 'day', isoDay: isoDay(day) })],
  [/\b(today|tonight|this (?:morning|afternoon|evening))\b/gi, () => ({ kind: 'relative-day', daysAhead: 0 })],
  [/\btomorrow\b/gi, () => ({ kind: 'relative-day', daysAhead: 1 })],
  [
    new RegExp(`\\b(\\d{1,2})(?::([0-5]\\d))? ?(?:-|to|and|or) ?(?=\\d{1,2}(?::[0-5]\\d)? ?${half})`, 'gi'),
    ([, hour, minute]) => ({ kind: 'time', minutes: clock(hour, minute, undefined) }),
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?::([0-5]\\d))? ?${half}`, 'gi'),
    ([, hour, minute, part]) => ({ kind: 'time', minutes: clock(hour, minute, part) }),
  ],
  [/\b(\d{1,2})[:h]([0-5]\d)\b/g, ([, hour, minute]) => ({ kind: 'time', minutes: clock(hour, minute, undefined) })],
  [/\b(\d{1,2}) ?o'?clock\b/gi, ([, hour]) => ({ kind: 'time', minutes: clock(hour, undefined, undefined) })],
  [
    new RegExp(`\\b(half past|quarter past|quarter to) (?:${hourWord}|(\\d{1,2}))(?: ?${half})?`, 'gi'),
    ([, part, hour, digits, ampm]) => ({ kind: 'time', minutes: spokenPart(part, hour ?? digits, ampm) }),
  ],
  [
    new RegExp(`\\b${hourWord}[ -](thirty|fifteen|forty[- ]five)(?: ?${half})?`, 'gi'),
    ([, hour, minute, part]) => ({ kind: 'time', minutes: clock(hourOf(hour), String(wordNumber(minute)), part) }),
  ],
  [
    new RegExp(`\\b${hourWord} ?(?:o'?clock|${half})`, 'gi'),
    ([, hour, part]) => ({ kind: 'time', minutes: clock(hourOf(hour), undefined, part) }),
  ],
  [
    new RegExp(`\\bat ${hourWord}\\b(?! (?:of|locations?|times?|most|least))`, 'gi'),
    ([, hour]) => ({ kind: 'time', minutes: clock(hourOf(hour), undefined, undefined) }),
  ],
  [
    /\b(noon|midday|midnight)\b/gi,
    ([word]) => ({ kind: 'time', minutes: [word?.toLowerCase() === 'midnight' ? 0 : 720] }),
  ],
  [
    new RegExp(`\\b(\\d+) ?(?:-|to|or) ?(?=\\d+[ -]?${unit}\\b)`, 'gi'),
    ([, value]) => ({ kind: 'quantity', value: Number(value), unit: '' }),
  ],
  [
    new RegExp(`\\b(\\d+)[ -]?${unit}\\b`, 'gi'),
    ([, value, name]) => ({ kind: 'quantity', value: Number(value), unit: unitOf(name) }),
  ],
  [
    new RegExp(`\\b(${numberWord})[ -](minutes?|hours?|days?|weeks?|months?|years?|units?|syringes?|vials?)\\b`, 'gi'),
    ([, value, name]) => ({ kind: 'quantity', value: wordNumber(value), unit: unitOf(name) }),
  ],
  [/\bat (\d{1,2})\b(?! ?[\w$%])/gi, ([, hour]) => ({ kind: 'time', minutes: clock(hour, undefined, undefined) })],
  [/(?<=\b\d{1,2} ?- ?)\d{1,2}\b/g, ([hour]) => ({ kind: 'time', minutes: clock(hour, undefined, undefined) })],
  [/\b\d{1,2}(?= ?- )/g, ([hour]) => ({ kind: 'time', minutes: clock(hour, undefined, undefined) })],
  [/\d[\d,]*(?:\.\d+)?/g, ([value]) => ({ kind: 'number', value: Number((value ?? '').replaceAll(',', '')) })],
];

/** All claims of a sentence, by where they stand. */
export function claimsOf(sentence: string): Claim[] {
  let rest = straighten(sentence);
  const claims: Claim[] = [];
  for (const [pattern, find] of patterns) {
    rest = rest.replace(pattern, (...args) => {
      const groups = args.slice(
        0,
        args.findIndex((arg) => typeof arg === 'number'),
      );
      const [words, index] = [String(args[0]), Number(args[groups.length])];
      // The pattern's own function fills the fields of its kind.
      claims.push({ words: words.trim().replace(/\.$/, ''), index, ...find(groups) } as Claim);
      return ' '.repeat(words.length);
    });
  }
  const last = claims.toSorted((a, b) => a.index - b.index);
  return last.map((claim, n) => withUnitOfNext(claim, last[n + 1]));
}

/** Sentences, where "p.m." and "Dr." do not end one. */
export function sentencesOf(text: string): string[] {
  return straighten(text)
    .replace(/\b([ap])\.m\./gi, '$1m')
    .replace(/\b(Dr|Mr|Mrs|Ms|St)\./g, '$1')
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** In "20 to 50 units" the first number has the unit of the second. */
function withUnitOfNext(claim: Claim, next: Claim | undefined): Claim {
  return claim.kind === 'quantity' && claim.unit === '' && next?.kind === 'quantity'
    ? { ...claim, unit: next.unit }
    : claim;
}

function cents(amount: string | undefined): number {
  return Math.round(Number((amount ?? '').replaceAll(',', '')) * 100);
}

function wordNumber(words: string | undefined): number {
  let [total, part] = [0, 0];
  for (const word of (words ?? '').toLowerCase().split(/[- ]/)) {
    if (word === 'hundred') part *= 100;
    else if (word === 'thousand') [total, part] = [total + part * 1000, 0];
    else part += tens[word] ?? Math.max(small.indexOf(word), 0);
  }
  return total + part;
}

const hourOf = (word: string | undefined) => String(small.indexOf((word ?? '').toLowerCase()));
const monthOf = (name: string | undefined) => months.indexOf((name ?? '').toLowerCase()) + 1;

function unitOf(name: string | undefined): string {
  const singular = (name ?? '').toLowerCase().replace(/s$/, '');
  return { min: 'minute', hr: 'hour' }[singular] ?? singular;
}

function spokenPart(part: string | undefined, hour: string | undefined, ampm: string | undefined): number[] {
  const digits = /^\d+$/.test(hour ?? '') ? hour : hourOf(hour);
  const offset = { 'half past': 30, 'quarter past': 15, 'quarter to': -15 }[(part ?? '').toLowerCase()] ?? 0;
  return clock(digits, undefined, ampm).map((minute) => (minute + offset + 1440) % 1440);
}

function clock(hour: string | undefined, minute: string | undefined, part: string | undefined): number[] {
  const [value, past] = [Number(hour), Number(minute ?? 0)];
  if (value > 24) return [];
  const morning = (value % 12) * 60 + past;
  if (part !== undefined) return [part.toLowerCase().startsWith('p') ? morning + 720 : morning];
  return value > 12 ? [value * 60 + past] : [morning, morning + 720];
}
