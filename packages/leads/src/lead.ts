import type { Id } from '@frontdesk/kernel';

export type PatientType = 'new' | 'returning';

export type DepositStatus =
  | 'none'
  | 'asked'
  | 'declined'
  | 'requested'
  | 'link_sent'
  | 'failed'
  | 'paid'
  | 'expired'
  | 'paid_without_slot';

export type LeadTag = 'price-question' | 'needs-intent';

/** A person who contacted a clinic, and what the desk has learnt of them. */
export type Lead = {
  contactId: Id;
  /** How they came to the clinic first. */
  source: 'sms' | 'whatsapp' | 'voice';
  firstName: string | null;
  serviceId: Id | null;
  patientType: PatientType | null;
  /** ISO weekdays that suit, 1 is Monday; empty means not said. */
  preferredDays: number[];
  /** Local minutes of the day that suit: [from, until). */
  preferredFromMinute: number | null;
  preferredUntilMinute: number | null;
  anyTime: boolean;
  depositStatus: DepositStatus;
  /** When the latest deposit question was put, by the database's clock. */
  depositAskedAt: Temporal.Instant | null;
  depositAskedAppointmentId: Id | null;
  tags: string[];
};

/** What is learnt in a turn. What is left out stays as it is. */
export type LeadDetails = {
  firstName?: string;
  serviceId?: Id;
  patientType?: PatientType;
  preferredDays?: readonly number[];
  /** Both ends of the window change together. */
  preferredMinutes?: { from: number | null; until: number | null };
  anyTime?: boolean;
};
