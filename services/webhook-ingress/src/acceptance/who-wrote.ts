import type { PersonAddress, PhoneNumber, WhatsAppUser } from '@frontdesk/kernel';

/** What WhatsApp tells of who wrote, and what the clinic knows of them. */
export type Writer = {
  user: WhatsAppUser;
  /** Null when WhatsApp keeps it to itself. */
  number: PhoneNumber | null;
  /** What the clinic knows this user by; null when it does not. */
  knownAs: PersonAddress | null;
  /** Whether somebody of the clinic has the number already. */
  numberIsKnown: boolean;
};

/**
 * Which person of the clinic wrote. With a number it is the person of that number, whatever was known of the user; whoever was
 * known by their id alone gets the number where nobody has it (`named` is then what they were known by until now).
 */
export function whoWrote({ user, number, knownAs, numberIsKnown }: Writer): {
  address: PersonAddress;
  named: PersonAddress | null;
} {
  if (number === null) return { address: knownAs ?? user, named: null };
  const getsNumber = knownAs !== null && knownAs.startsWith('wa:') && !numberIsKnown;
  return { address: number, named: getsNumber ? knownAs : null };
}
