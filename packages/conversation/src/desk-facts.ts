/** What is still to be learnt before times can be offered, in the order in which it is asked. */
export type Detail = 'first_name' | 'service' | 'patient_type' | 'preferred_times';

/**
 * What the model is told of this clinic and this person in a turn, as JSON: fetched anew each turn, never kept in the
 * history. Times and amounts are already in words (`Tue, Nov 24, 2:30 PM`, `$50`), in the clinic's own zone.
 */
export type DeskFacts = {
  clinic: {
    name: string;
    address: string;
    timeZone: string;
    /** `Friday, November 20, 2026` */
    today: string;
    /** `3:05 PM` */
    now: string;
    /** `Monday 9 AM to 6 PM`, one line a day. */
    hours: string[];
    services: {
      name: string;
      aliases: readonly string[];
      price: string;
      minutes: number;
      depositIfNew: string | null;
    }[];
    takesDeposits: boolean;
  };
  person: {
    firstName: string | null;
    service: string | null;
    patientType: 'new' | 'returning' | null;
    preferredDays: string[];
    preferredTimes: string | null;
  };
  stillToLearn: Detail[];
  /** The desk has said in this conversation who it is (also after a missed call): greet no more. */
  greeted: boolean;
  offeredTimes: { timeId: string; label: string; practitioner: string }[];
  appointment: { state: 'held' | 'confirmed'; label: string; service: string; practitioner: string } | null;
  deposit: { status: string; amount: string | null };
  /** What code wants done next, in one sentence. */
  nextStep: string;
};
