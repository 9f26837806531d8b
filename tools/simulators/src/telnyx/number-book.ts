import { derivedId } from '@frontdesk/kernel';

/** Which numbers are the account's, and the messaging profile of each. */
export interface NumberBook {
  profileOf: (number: string) => string | null;
  /** A number of the profile's pool. */
  numberOf: (profileId: string) => string | null;
  /** Whether the number was given a profile, as opposed to having one because no list was given. */
  isListed: (number: string) => boolean;
  assign: (number: string, profileId: string) => void;
}

/** Without a list, every number is the account's and has a profile of its own. */
export function createNumberBook(numbers: Record<string, string> | undefined): NumberBook {
  const profiles = new Map(Object.entries(numbers ?? {}));
  const open = numbers === undefined;

  return {
    profileOf: (number) => profiles.get(number) ?? (open ? derivedId(`messaging profile of ${number}`) : null),
    numberOf: (profileId) => [...profiles].find(([, profile]) => profile === profileId)?.[0] ?? null,
    isListed: (number) => profiles.has(number),
    assign(number, profileId) {
      profiles.set(number, profileId);
    },
  };
}
