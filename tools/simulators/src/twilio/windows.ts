import type { Clock } from '@frontdesk/kernel';

/** The 24 hours of WhatsApp in which a business may answer freely; what the business sends extends nothing. */
export interface Windows {
  open: (number: string, person: string) => void;
  close: (number: string, person: string) => void;
  isOpen: (number: string, person: string) => boolean;
}

const HOURS = 24;

export function createWindows(clock: Clock): Windows {
  const heard = new Map<string, Temporal.Instant>();
  const keyOf = (number: string, person: string) => `${number} ${person}`;
  return {
    open: (number, person) => void heard.set(keyOf(number, person), clock()),
    close: (number, person) => void heard.delete(keyOf(number, person)),
    isOpen(number, person) {
      const last = heard.get(keyOf(number, person));
      return last !== undefined && Temporal.Instant.compare(clock(), last.add({ hours: HOURS })) < 0;
    },
  };
}
