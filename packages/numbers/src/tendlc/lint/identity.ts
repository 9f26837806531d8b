import type { BrandDetails } from '../../ports.ts';

/** Prefixes that the Internal Revenue Service has given to none of its campuses. */
const unusedPrefixes = new Set([
  '00',
  '07',
  '08',
  '09',
  '17',
  '18',
  '19',
  '28',
  '29',
  '49',
  '69',
  '70',
  '78',
  '79',
  '89',
  '96',
  '97',
]);

/** An EIN without what people write between its digits: one EIN is one row's, however it was written. */
export const einDigits = (text: string): string => text.normalize('NFKC').replaceAll(/[\s.\-\u2010-\u2015]/gu, '');

export function isEin(text: string): boolean {
  const digits = /^(\d{2})(\d{7})$/.exec(einDigits(text));
  if (digits === null) return false;
  const [, prefix = '', rest = ''] = digits;
  return !unusedPrefixes.has(prefix) && !/^(\d)\1{6}$/.test(rest) && `${prefix}${rest}` !== '123456789';
}

/** The same words as on the door, without any of the endings that companies have. */
export function readsLikeNickname({ legalName, displayName, entityType }: BrandDetails): boolean {
  if (entityType === 'GOVERNMENT' || entityType === 'NON_PROFIT') return false;
  if (/\b(?:d\/?b\/?a|doing business as|t\/a|a\.?k\.?a)\b/i.test(legalName)) return true;
  const hasEnding =
    /\b(?:l\.?l\.?c|p\.?l\.?l\.?c|inc|incorporated|corp|corporation|co|company|ltd|limited|l\.?p|l\.?l\.?p|p\.?c|p\.?a|s\.?c|p\.?s)\b\.?/i.test(
      legalName,
    );
  return !hasEnding && plain(legalName) === plain(displayName);
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
