import type { Id, Money, PhoneNumber } from '@frontdesk/kernel';

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Open from `opens` until `closes`, local wall time of the location. */
export type OpeningHours = { weekday: Weekday; opens: Temporal.PlainTime; closes: Temporal.PlainTime };

export type Location = {
  id: Id;
  name: string;
  address: string;
  timeZone: string;
  hours: readonly OpeningHours[];
  /** Whether the clinic can take deposits here. */
  takesDeposits: boolean;
};

export type Service = {
  id: Id;
  name: string;
  /** What a text may call it on a lock screen. */
  discreetName: string;
  aliases: readonly string[];
  duration: Temporal.Duration;
  price: Money;
  priceUnit: string;
  deposit: { new: Money; returning: Money };
};

/** What the desk needs to know of a clinic to speak for it. */
export type Clinic = {
  id: Id;
  name: string;
  timeZone: string;
  missedCallText: boolean;
  /** The clinic's own text to whoever called in vain; null: the desk's. */
  missedCallWording: string | null;
  locations: readonly Location[];
  services: readonly Service[];
  /** The clinic's own number, for texts to staff and for people whose conversation names none. */
  numbers: readonly PhoneNumber[];
};

export type PatientType = 'new' | 'returning';

/** The deposit that this clinic asks for this service; null when it asks none. Never taken from anywhere else. */
export function depositFor(service: Service, patientType: PatientType): Money | null {
  const amount = service.deposit[patientType];
  return amount.cents > 0 ? amount : null;
}
