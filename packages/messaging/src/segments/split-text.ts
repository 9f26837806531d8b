import { encode, fillParts, type Character } from './count-segments.ts';

/** Carriers take no more parts of one text than these; Twilio, besides, no more characters (error 21617). */
export const mostSegments = 10;
export const mostCharacters = 1_600;

/** Where a text may end, the best first: a paragraph, a line, a sentence, a clause, a word. The next begins behind the match. */
const borders: readonly RegExp[] = [
  /\n[^\S\n]*\n\s*/g,
  /\s*\n\s*/g,
  // Behind a mark that ends a sentence, not an abbreviation.
  /(?<=[.!?…]["')\]]*)(?<!\b(?:Dr|Mr|Mrs|Ms|St|Ave|Blvd|Rd|Ste|No|Sr|Jr|vs|approx|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[ap]\.m|\p{Lu})\.)\s+/giu,
  /(?<=[,;:])\s+/g,
  /\s+/g,
];

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const weekday = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?';
const clock = '\\d{1,2}(?::\\d{2})?\\s*(?:[ap]\\.?m\\.?)?';
/** What stays whole though it has spaces: a phone number, an amount, a time with its day, a number with its unit. */
const together = new RegExp(
  [
    '(?:\\+?1[\\s.-]*)?\\(?\\d{3}\\)?[\\s.-]*\\d{3}[\\s.-]*\\d{4}',
    `(?:${weekday},?\\s+)?${month}\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?(?:,?\\s+(?:at\\s+)?${clock})?(?:\\s+(?-i:[A-Z]{2,4})\\b)?`,
    `${weekday},?\\s+(?:at\\s+)?${clock}`,
    '\\d{1,2}(?::\\d{2})?\\s*[ap]\\.?m\\b\\.?(?:\\s*(?:-|to|and)\\s*\\d{1,2}(?::\\d{2})?\\s*[ap]\\.?m\\b\\.?)?(?:\\s+(?-i:[A-Z]{2,4})\\b)?',
    '[$€£]\\s*\\d[\\d.,]*(?:\\s*(?:-|to)\\s*[$€£]?\\s*\\d[\\d.,]*)?(?:\\s+(?:per|an?|each|\\/)\\s+\\p{L}+)?',
    '\\d[\\d.,]*\\s+(?:dollars?|cents?|percent|%|units?|syringes?|sessions?|minutes?|mins?|hours?|hrs?|days?|weeks?|ml|mg|cc)\\b',
    '\\b(?:Dr|Mr|Mrs|Ms)\\.?\\s+\\p{L}+',
  ].join('|'),
  'giu',
);

/**
 * Cuts what is too long for one text into several, in order. A text ends with a paragraph or a sentence where one ends in
 * its second half, else with a clause or a word; never inside a word, link, number, price or time, unless that alone is too long.
 */
export function splitText(body: string): string[] {
  const { encoding, characters } = encode(body);
  const texts: string[] = [];
  for (let from = 0; from < characters.length;) {
    const { end: room } = fillParts(characters, encoding, { from, most: mostSegments });
    const end = Math.min(room, lengthWithin(characters, from, mostCharacters));
    const rest = joined(characters, from, characters.length);
    const fitting = joined(characters, from, end);
    const cut = end === characters.length ? { end: rest.length, next: rest.length } : bestCut(rest, fitting.length);
    texts.push(rest.slice(0, cut.end).trim());
    from += Math.max(1, lengthWithin(characters, from, cut.next) - from);
  }
  return texts.filter((text) => text !== '');
}

/** The same where nothing but characters (UTF-16 units) is counted. */
export function splitWithin(body: string, most: number): string[] {
  const texts: string[] = [];
  let rest = body;
  while (rest.length > most) {
    const { end, next } = bestCut(rest, most);
    // A character of two units is not cut in half.
    const half = end === next && /[\ud800-\udbff]$/.test(rest.slice(0, end)) ? 1 : 0;
    texts.push(rest.slice(0, end - half).trim());
    rest = rest.slice(next - half);
  }
  return [...texts, rest.trim()].filter((text) => text !== '');
}

/** Where the text ends and where the next begins, among the first `most` units of the rest. */
function bestCut(rest: string, most: number): { end: number; next: number } {
  const whole = Array.from(rest.slice(0, most * 2).matchAll(together), ({ 0: { length }, index }) => ({
    from: index,
    to: index + length,
  }));
  const isInside = (at: number) => whole.some(({ from, to }) => from < at && at < to);
  for (const [rank, border] of borders.entries()) {
    const atLeast = rank === borders.length - 1 ? 1 : most / 2;
    const cuts = Array.from(rest.slice(0, most * 2).matchAll(border), ({ 0: { length }, index }) => ({
      end: index,
      next: index + length,
    }));
    const fitting = cuts.filter(({ end }) => end >= atLeast && end <= most && !isInside(end));
    const last = fitting.at(-1);
    if (last !== undefined) return last;
  }
  return { end: most, next: most };
}

function joined(characters: readonly Character[], from: number, until: number): string {
  return characters
    .slice(from, until)
    .map(({ text }) => text)
    .join('');
}

/** The index behind the last character that leaves the text within so many UTF-16 units. */
function lengthWithin(characters: readonly Character[], from: number, most: number): number {
  let length = 0;
  for (let at = from; at < characters.length; at += 1) {
    length += characters[at]?.text.length ?? 0;
    if (length > most) return at;
  }
  return characters.length;
}
