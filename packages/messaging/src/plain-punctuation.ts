/** What models and word processors write, and the plain character that keeps a text in the carrier's 7-bit alphabet. */
const plain: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′´`ʼ]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[‐‑‒–—―−]/g, '-'],
  [/…/g, '...'],
  [/[•‣·]/g, '-'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[\u200b\u2060\ufeff\u00ad]/g, ''],
];

/** Straightens quotes, dashes and spaces. One curly quote makes a text of 160 characters cost three. Accents stay. */
export function plainPunctuation(text: string): string {
  return plain.reduce((straightened, [pattern, replacement]) => straightened.replaceAll(pattern, replacement), text);
}
