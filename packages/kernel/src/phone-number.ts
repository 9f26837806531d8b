import parseNumber from 'libphonenumber-js';

/** An E.164 number, such as `+14805550123`, that is possible by its length. */
export type PhoneNumber = string & { readonly __phoneNumber: unique symbol };

/**
 * The one normaliser for numbers: US national forms (`(480) 555-0123`) gain their country code, and a mobile number that WhatsApp still
 * writes in an older form becomes the one by which the same person writes by SMS.
 * Returns null for what is no number: `anonymous`, short codes, garbage.
 */
export function parsePhoneNumber(text: string): PhoneNumber | null {
  // What carriers send, twice per text: normal already, and possible by its length.
  if (/^\+1[2-9]\d{9}$/.test(text)) return text as PhoneNumber; // checked by the pattern
  const parsed = parseNumber(text, 'US');
  if (parsed === undefined) return null;
  const { countryCallingCode: country, nationalNumber } = parsed;
  const national = asDialled(country, nationalNumber);
  if (national !== nationalNumber) return parsePhoneNumber(`+${country}${national}`);
  // The brand is given in this function alone, after the check.
  return parsed.isPossible() ? (parsed.number as PhoneNumber) : null;
}

/**
 * A national number as its network writes it today. WhatsApp keeps the form in which an account was opened, and takes both from us
 * (UNVERIFIED: Meta's page on phone numbers says that its Cloud API changes the prefix of Brazil and Mexico itself; Twilio says nothing).
 * - Mexico: mobile numbers lost the 1 before them in August 2019 (IFT, Plan Técnico Fundamental de Numeración).
 * - Brazil: mobile numbers, which began with 6 to 9, got a 9 before their eight digits from 2012 to November 2016 (Anatel, Resolução
 *   553/2010); landlines begin with 2 to 5 and kept theirs.
 */
function asDialled(country: string, national: string): string {
  if (country === '52') return national.replace(/^1(?=\d{10}$)/, '');
  if (country === '55') return national.replace(/^([1-9]{2})(?=[6-9]\d{7}$)/, '$19');
  return national;
}

/** How WhatsApp may still write the number; null where there is but one form. */
export function olderForm(number: string): string | null {
  const [, mexican] = /^\+52(\d{10})$/.exec(number) ?? [];
  if (mexican !== undefined) return `+521${mexican}`;
  const [, area, mobile] = /^\+55([1-9]{2})9([6-9]\d{7})$/.exec(number) ?? [];
  return area === undefined || mobile === undefined ? null : `+55${area}${mobile}`;
}

/** For logs: `+1480•••0123`. */
export function maskPhoneNumber(number: string): string {
  return number.length > 8 ? `${number.slice(0, 5)}•••${number.slice(-4)}` : '•••';
}
