import { parsePhoneNumber, type PhoneNumber } from './phone-number.ts';

/** Somebody on WhatsApp whose number Meta keeps to itself: `wa:` and their business-scoped user id, `wa:US.1349000000000000`. */
export type WhatsAppUser = `wa:${string}` & { readonly __whatsAppUser: unique symbol };

/** Where a person is reached, and what the clinic knows them by: their number, or else their id at WhatsApp. */
export type PersonAddress = PhoneNumber | WhatsAppUser;

const userId = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;

/** The address of a business-scoped user id. Null for what is none. */
export function whatsAppUser(id: string): WhatsAppUser | null {
  return userId.test(id) ? (`wa:${id}` as WhatsAppUser) : null; // checked by the pattern
}

/** Reads a number in any form, or an address as `whatsAppUser` writes it. Null for what is neither. */
export function parsePersonAddress(text: string): PersonAddress | null {
  return text.startsWith('wa:') ? whatsAppUser(text.slice('wa:'.length)) : parsePhoneNumber(text);
}

/** How people are told where to reach somebody: `(480) 555-8888`, or that they are on WhatsApp. Numbers from elsewhere stay as they are. */
export function addressWords(address: string): string {
  if (address.startsWith('wa:')) return 'on WhatsApp';
  return address.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}
