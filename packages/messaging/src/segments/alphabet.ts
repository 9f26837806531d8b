/** The 7-bit alphabet of text messages (3GPP TS 23.038, default alphabet and its extension). */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '\f^{}\\[~]|€';

const unitsOf = new Map([
  ...Array.from(basic, (character) => [character, 1] as const),
  ...Array.from(extended, (character) => [character, 2] as const),
]);

/** What a character costs in the 7-bit alphabet: one unit or two; null when it is not in it. */
export function septetsOf(character: string): number | null {
  return unitsOf.get(character) ?? null;
}
