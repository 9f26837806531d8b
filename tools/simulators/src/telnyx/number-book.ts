import { derivedId } from '@frontdesk/kernel';

/** Which numbers are the account's, and the messaging profile of each. */
export interface NumberBook {
  profileOf: (number: string) => string | null;
  /** A number of the profile's pool. */
  numberOf: (profileId: string) => string | null;
  /** Whether the number was given a profile, as opposed to having one because no list was given. */
  isListed: (number: string) => boolean;
  list: () => readonly { number: string; profileId: string }[];
  assign: (number: string, profileId: string) => void;
  /** The account no longer has it. */
  remove: (number: string) => void;
}

/** Without a list, every number is the account's and has a profile of its own, save those that were given back. */
export function createNumberBook(numbers: Record<string, string> | undefined): NumberBook {
  const profiles = new Map(Object.entries(numbers ?? {}));
  const gone = new Set<string>();
  const open = numbers === undefined;

  return {
    profileOf(number) {
      const given = profiles.get(number);
      if (given !== undefined) return given === '' ? null : given;
      return open && !gone.has(number) ? derivedId(`messaging profile of ${number}`) : null;
    },
    numberOf: (profileId) => [...profiles].find(([, profile]) => profile === profileId)?.[0] ?? null,
    isListed: (number) => profiles.has(number),
    list: () => [...profiles].map(([number, profileId]) => ({ number, profileId })),
    assign(number, profileId) {
      profiles.set(number, profileId);
      gone.delete(number);
    },
    remove(number) {
      profiles.delete(number);
      gone.add(number);
    },
  };
}
