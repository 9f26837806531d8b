import { septetsOf } from './alphabet.ts';

/** How carriers count a text, and so what it costs: they bill each part. */
export type SegmentCount = {
  /** Parts that it travels in, at least 1. */
  segments: number;
  encoding: Encoding;
  /** Units of the encoding: septets, of which `€` and brackets take two, or UTF-16 code units. */
  units: number;
};
export type Encoding = 'GSM-7' | 'UCS-2';

/** A character as people see it, which no part breaks, and what it takes. */
export type Character = { text: string; units: number };

/** Units that fit into a text of one part, and into each part of a longer one, which carries a header. */
const room = { 'GSM-7': { alone: 160, part: 153 }, 'UCS-2': { alone: 70, part: 67 } } as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function countSegments(body: string): SegmentCount {
  const { encoding, characters } = encode(body);
  const units = characters.reduce((sum, character) => sum + character.units, 0);
  const segments = units <= room[encoding].alone ? 1 : fillParts(characters, encoding).parts;
  return { segments, encoding, units };
}

/** One character outside the 7-bit alphabet makes the whole text cost sixteen bits per unit. */
export function encode(body: string): { encoding: Encoding; characters: Character[] } {
  const plain = septets(body);
  if (plain !== null) return { encoding: 'GSM-7', characters: plain };
  const seen = [...graphemes.segment(body)].map(({ segment }) => ({ text: segment, units: segment.length }));
  return { encoding: 'UCS-2', characters: seen };
}

/** Fills parts with characters, beginning `from` one of them: how many parts it takes, and where what fits into `most` ends. */
export function fillParts(
  characters: readonly Character[],
  encoding: Encoding,
  { from = 0, most = Infinity } = {},
): { parts: number; end: number } {
  const size = room[encoding].part;
  let parts = 1;
  let filled = 0;
  for (let at = from; at < characters.length; at += 1) {
    const units = characters[at]?.units ?? 0;
    if (filled > 0 && filled + units > size) {
      if (parts === most) return { parts, end: at };
      parts += 1;
      filled = 0;
    }
    filled += units;
  }
  return { parts, end: characters.length };
}

function septets(body: string): Character[] | null {
  const characters: Character[] = [];
  for (const text of body) {
    const units = septetsOf(text);
    if (units === null) return null;
    characters.push({ text, units });
  }
  return characters;
}
