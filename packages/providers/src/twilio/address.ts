import type { Channel } from '@frontdesk/contracts';
import { parsePhoneNumber, whatsAppUser, type PersonAddress, type PhoneNumber } from '@frontdesk/kernel';

const prefix = 'whatsapp:';

/**
 * How Twilio writes whom a text is from or to: a number, before it `whatsapp:` on that channel.
 * UNVERIFIED: that somebody without a number is written as `whatsapp:` and their user id; no page of Twilio names another way.
 */
export function twilioAddress(channel: Channel, address: PersonAddress): string {
  if (channel === 'sms') return address;
  return `${prefix}${address.startsWith('wa:') ? address.slice('wa:'.length) : address}`;
}

/** Null for a short code, and for an address of a channel that the desk does not speak. */
export function readTwilioAddress(address: string): { channel: Channel; person: PersonAddress } | null {
  const { channel, rest } = split(address);
  const person = numberIn(rest) ?? (channel === 'whatsapp' ? whatsAppUser(rest) : null);
  return person === null ? null : { channel, person };
}

/** As `readTwilioAddress`, of an address of ours, which is always a number. */
export function readTwilioNumber(address: string): { channel: Channel; number: PhoneNumber } | null {
  const { channel, rest } = split(address);
  const number = numberIn(rest);
  return number === null ? null : { channel, number };
}

function split(address: string): { channel: Channel; rest: string } {
  return address.startsWith(prefix)
    ? { channel: 'whatsapp', rest: address.slice(prefix.length) }
    : { channel: 'sms', rest: address };
}

function numberIn(rest: string): PhoneNumber | null {
  return rest.includes(':') ? null : parsePhoneNumber(rest);
}
