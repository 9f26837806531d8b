import parseNumber from 'libphonenumber-js';

/** An E.164 number, such as `+14805550123`, that is possible by its length. */
export type PhoneNumber = string & { readonly __phoneNumber: unique symbol };

/**
 * The one normaliser for numbers: US national forms (`(480) 555-0123`) gain their country code, and mobile numbers of Mexico lose the 1
 * that WhatsApp still writes before them (`+52 1 55…`), without which the same person writes by SMS. WhatsApp takes both spellings from us
 * (UNVERIFIED for Twilio; Meta says that it changes them itself).
 * Returns null for what is no number: `anonymous`, short codes, garbage.
 */
export function parsePhoneNumber(text: string): PhoneNumber | null {
  // What carriers send, twice per text: normal already, and possible by its length.
  if (/^\+1[2-9]\d{9}$/.test(text)) return text as PhoneNumber; // checked by the pattern
  const parsed = parseNumber(text, 'US');
  if (parsed?.countryCallingCode === '52' && /^1\d{10}$/.test(parsed.nationalNumber)) {
    return parsePhoneNumber(`+52${parsed.nationalNumber.slice(1)}`);
  }
  // The brand is given in this function alone, after the check.
  return parsed?.isPossible() === true ? (parsed.number as PhoneNumber) : null;
}

/** For logs: `+1480•••0123`. */
export function maskPhoneNumber(number: string): string {
  return number.length > 8 ? `${number.slice(0, 5)}•••${number.slice(-4)}` : '•••';
}
