const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '^{}\\[~]|€\f';

type Encoding = 'GSM-7' | 'UCS-2';

export interface Segments {
  encoding: Encoding;
  parts: number;
}

export function fitsGsm7(text: string): boolean {
  return Array.from(text).every((character) => BASIC.includes(character) || EXTENDED.includes(character));
}

/** How the carrier cuts a text: 160 or 153 characters of GSM-7, 70 or 67 of UCS-2. */
export function countSegments(text: string, wanted: 'auto' | 'gsm7' | 'ucs2' = 'auto'): Segments {
  if (wanted === 'ucs2' || !fitsGsm7(text)) return { encoding: 'UCS-2', parts: partsOf(text.length, 70, 67) };
  const septets = Array.from(text).reduce((sum, character) => sum + (EXTENDED.includes(character) ? 2 : 1), 0);
  return { encoding: 'GSM-7', parts: partsOf(septets, 160, 153) };
}

function partsOf(length: number, alone: number, joined: number): number {
  return length <= alone ? 1 : Math.ceil(length / joined);
}
