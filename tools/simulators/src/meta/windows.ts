import type { Clock } from '@frontdesk/kernel';
import type { Person } from './people.ts';

/** The 24 hours in which a business may answer freely; what the business sends extends nothing. */
export interface Windows {
  open: (phoneNumberId: string, person: Person) => void;
  close: (phoneNumberId: string, person: Person) => void;
  isOpen: (phoneNumberId: string, person: Person) => boolean;
}

const HOURS = 24;

export function createWindows(clock: Clock): Windows {
  const heard = new Map<string, Temporal.Instant>();
  const keyOf = (phoneNumberId: string, { userId }: Person) => `${phoneNumberId} ${userId}`;
  return {
    open: (phoneNumberId, person) => void heard.set(keyOf(phoneNumberId, person), clock()),
    close: (phoneNumberId, person) => void heard.delete(keyOf(phoneNumberId, person)),
    isOpen(phoneNumberId, person) {
      const last = heard.get(keyOf(phoneNumberId, person));
      return last !== undefined && Temporal.Instant.compare(clock(), last.add({ hours: HOURS })) < 0;
    },
  };
}
