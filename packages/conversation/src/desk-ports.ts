import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id, Money } from '@frontdesk/kernel';

export type PatientType = 'new' | 'returning';

/** A service of the clinic, as far as the desk speaks of it. */
export type DeskService = {
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

export type DeskLocation = {
  address: string;
  timeZone: string;
  hours: readonly { weekday: number; opens: Temporal.PlainTime; closes: Temporal.PlainTime }[];
  takesDeposits: boolean;
};

/** The clinic that the desk speaks for. */
export type DeskClinic = {
  id: Id;
  name: string;
  timeZone: string;
  missedCallText: boolean;
  missedCallWording: string | null;
  locations: readonly DeskLocation[];
  services: readonly DeskService[];
  numbers: readonly string[];
};

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

/** What the desk has learnt of a person. */
export type DeskLead = {
  firstName: string | null;
  serviceId: Id | null;
  patientType: PatientType | null;
  preferredDays: readonly number[];
  preferredFromMinute: number | null;
  preferredUntilMinute: number | null;
  anyTime: boolean;
  depositStatus: DepositStatus;
  depositAskedAppointmentId: Id | null;
};

export type LeadChange = {
  firstName?: string;
  serviceId?: Id;
  patientType?: PatientType;
  preferredDays?: readonly number[];
  preferredMinutes?: { from: number | null; until: number | null };
  anyTime?: boolean;
};

/** A free time, told to the person (with an id) or not yet. */
export type DeskTime = {
  practitionerId: Id;
  practitionerName: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
};
export type DeskOffer = DeskTime & { id: Id; serviceId: Id };

export type DeskAppointment = DeskTime & {
  id: Id;
  serviceId: Id;
  state: 'held' | 'confirmed' | 'expired' | 'cancelled';
};

type HoldAnswer =
  | { kind: 'held'; appointment: DeskAppointment }
  | { kind: 'taken' }
  | { kind: 'unknown-offer' }
  | { kind: 'past' };

/** When a visit would suit, as the search takes it. */
export type TimeWish = {
  serviceId: Id;
  /** First and last local day, both included. */
  from?: Temporal.PlainDate;
  until?: Temporal.PlainDate;
  days?: readonly number[];
  fromMinute?: number;
  untilMinute?: number;
  limit: number;
};

type Person = { orgId: Id; contactId: Id };
type Thread = { orgId: Id; conversationId: Id };
type At = { now: Temporal.Instant };

/**
 * What the desk needs from the other domains. Each works in the transaction that it is given, so that a turn's effects
 * and their records commit together.
 */
export type DeskPorts = {
  clinic(tx: TenantTransaction, orgId: Id): Promise<DeskClinic>;
  /** The clinic's own rule; null when no deposit is due. */
  depositFor(service: DeskService, patientType: PatientType): Money | null;
  facts(tx: TenantTransaction, of: { orgId: Id; question: string }): Promise<{ topic: string; answer: string }[]>;

  /** The lead, made at the first contact. */
  lead(tx: TenantTransaction, of: Person & At & { source: Channel | 'voice' }): Promise<DeskLead>;
  saveDetails(tx: TenantTransaction, of: Person & At & { details: LeadChange }): Promise<DeskLead>;
  addTags(
    tx: TenantTransaction,
    of: Person & At & { tags: readonly ('price-question' | 'needs-intent')[] },
  ): Promise<void>;
  recordDepositAsked(tx: TenantTransaction, of: Person & At & { appointmentId: Id }): Promise<void>;
  /** False when that question was answered before or is not the open one. */
  recordDepositAnswer(
    tx: TenantTransaction,
    of: Person & At & { appointmentId: Id; agreed: boolean },
  ): Promise<boolean>;
  /** False when the desk no longer speaks of that visit. */
  recordDepositStatus(
    tx: TenantTransaction,
    of: Person & At & { appointmentId: Id; status: DepositStatus },
  ): Promise<boolean>;

  freeTimes(tx: TenantTransaction, of: { orgId: Id } & At & TimeWish): Promise<DeskTime[]>;
  recordOffers(
    tx: TenantTransaction,
    of: Thread & At & { serviceId: Id; times: readonly DeskTime[]; causationId: string | null },
  ): Promise<DeskOffer[]>;
  currentOffers(tx: TenantTransaction, of: Thread & At): Promise<DeskOffer[]>;
  hold(
    tx: TenantTransaction,
    of: Thread & Person & At & { offerId: Id; causeKey: string; holdFor: Temporal.Duration },
  ): Promise<HoldAnswer>;
  appointment(tx: TenantTransaction, of: Person & At): Promise<DeskAppointment | null>;
  appointmentById(tx: TenantTransaction, orgId: Id, id: Id): Promise<DeskAppointment | null>;

  /** Asks for a text to the person. Null when the same cause asked before. */
  requestText(tx: TenantTransaction, of: Thread & Person & At & OutgoingReply): Promise<Id | null>;
  /** Opens a task and tells the staff by text; the same cause does it once. No health details in `reason`. */
  askStaff(tx: TenantTransaction, of: Thread & At & StaffRequest): Promise<boolean>;
};

/** What the person may tap instead of writing; see `Choice` of messaging. */
export type DeskChoice = { id: string; title: string; description?: string };

type OutgoingReply = {
  from: string;
  to: string;
  class: 'reply' | 'missed-call';
  kind: string;
  body: string;
  choices?: readonly DeskChoice[];
  /** What it says by name, for a template that says it in its place. */
  values?: Readonly<Partial<Record<'clinic' | 'firstName' | 'day' | 'time', string>>>;
  causeKey: string;
  causationId: string | null;
};

type StaffRequest = {
  kind: 'hand-off' | 'no-deposit-account' | 'booking-failed';
  reason: string;
  /** Whom it is about, for the staff's own phones: name, number and service at most. */
  notice: string;
  causeKey: string;
  from: string;
  appointmentId?: Id;
  causationId: string | null;
};
