import { isoDay } from '../understanding/preferred-days.ts';
import type { Claim } from './claim.ts';
import {
  cents,
  clock,
  hourOf,
  largeNumbers,
  monthOf,
  smallNumbers,
  spokenPart,
  unitOf,
  wordNumber,
} from './spoken-values.ts';

type Find = (groups: readonly (string | undefined)[]) => Pick<Claim, 'kind'> & Record<string, unknown>;

const numberWord = `(?:${[...smallNumbers.slice(1), ...Object.keys(largeNumbers)].join('|')})(?:[- ](?:${smallNumbers.slice(1, 10).join('|')}|hundred|thousand))*`;
const weekday =
  '(mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\.?';
const unit =
  '(minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|units?|syringes?|vials?|sessions?|cycles?|treatments?|visits?)';
const half = '(a\\.?m\\b\\.?|p\\.?m\\b\\.?)';
const hourWord = `(${smallNumbers.slice(1).join('|')})`;

/** In this order: what one pattern takes is not seen by the next. */
export const claimPatterns: [RegExp, Find][] = [
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
    new RegExp(`(?:\\b${weekday},? )?(?<![\\d/])(\\d{1,2})\\/(\\d{1,2})(?:\\/\\d{2,4})?(?![\\d/])`, 'gi'),
    ([, day, first, date]) => ({
      kind: 'date',
      month: Number(first),
      day: Number(date),
      isoDay: day === undefined ? null : isoDay(day),
    }),
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
