/** What models and word processors write, and the plain characters that keep a text in the carriers' 7-bit alphabet. */
const plain: readonly (readonly [RegExp, string])[] = [
  [/\r\n?|[\u0085\u2028\u2029]/g, '\n'],
  [/[‘’‚‛′‵‹›´`ʹʻʼʽˈˊˋ❛❜＇]/g, "'"],
  [/[“”„‟″‶«»❝❞〝〞＂]/g, '"'],
  [/[‐‑‒–—―−⁃﹘﹣－]/g, '-'],
  [/[…⋯]/g, '...'],
  [/[•‣·∙●▪◦]/g, '-'],
  [/[→⟶➔➜]/g, '->'],
  [/(?<=\d)(?=[¼½¾])/g, ' '],
  [/¼/g, '1/4'],
  [/½/g, '1/2'],
  [/¾/g, '3/4'],
  [/[⁄∕]/g, '/'],
  [/[\t\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  // Invisible: zero-width spaces, marks of direction, soft hyphens. The joiner of emoji stays.
  [/[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, ''],
  [/\u034f/g, ''],
  [/[^\P{Cc}\n\f]/gu, ''],
];

/**
 * Straightens quotes, dashes and spaces: one curly quote makes a text of 160 characters cost three. Accents stay, since
 * names have them; those typed as two characters become one.
 */
export function plainPunctuation(text: string): string {
  return plain.reduce(
    (plainer, [pattern, replacement]) => plainer.replaceAll(pattern, replacement),
    text.normalize('NFC'),
  );
}
