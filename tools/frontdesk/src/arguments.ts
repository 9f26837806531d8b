import { InvalidArgumentError } from 'commander';
import {
  isId,
  parsePersonAddress,
  parsePhoneNumber,
  type PersonAddress,
  type PhoneNumber,
  whatsAppUser,
} from '@frontdesk/kernel';
import { allQueues } from '@frontdesk/operations';

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** `90s`, `15m`, `2h`, `3d` as so much time. */
export function duration(text: string): Temporal.Duration {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (!(unit in unitSeconds)) throw new InvalidArgumentError('Write it like 90s, 15m, 2h or 3d.');
  const seconds = Number(count) * unitSeconds[unit as keyof typeof unitSeconds]; // the check before
  return Temporal.Duration.from({ seconds });
}

export function id(text: string): string {
  if (!isId(text)) throw new InvalidArgumentError('That is no id (a UUID).');
  return text.toLowerCase();
}

/** A phone number in any usual form. */
export function phoneNumber(text: string): PhoneNumber {
  const phone = parsePhoneNumber(text);
  if (phone === null) throw new InvalidArgumentError('That is no phone number.');
  return phone;
}

/** Phone numbers that are given one after another. */
export function phoneNumbers(text: string, before: readonly PhoneNumber[] = []): PhoneNumber[] {
  return [...before, phoneNumber(text)];
}

/** Somebody as a clinic knows them: by number, or by their id at WhatsApp. */
export function person(text: string): PersonAddress {
  const address = parsePersonAddress(text) ?? whatsAppUser(text);
  if (address === null) throw new InvalidArgumentError('That is no phone number, and no id of WhatsApp.');
  return address;
}

/** A person: their number, or `wa:` and their id at WhatsApp. */
export function personAddress(text: string): PersonAddress {
  const address = parsePersonAddress(text);
  if (address === null) throw new InvalidArgumentError('That is neither a phone number nor wa:<id at WhatsApp>.');
  return address;
}

/** Ids that are given one after another. */
export function ids(text: string, before: readonly string[] = []): string[] {
  return [...before, id(text)];
}

/** A whole number from 1 to `most`. */
export function count(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < 1 || number > most) {
      throw new InvalidArgumentError(`It is a whole number from 1 to ${most}.`);
    }
    return number;
  };
}

export const workQueueNames = allQueues.filter(({ kind }) => kind === 'work').map(({ name }) => name);
export const queueNames = allQueues.map(({ name }) => name);
