import type { Id } from '@frontdesk/kernel';

/**
 * `visit-reminder`: before a visit. `visit-follow-up`: after it, in the clinic's own words.
 * `offer-follow-up`: once, when times were offered and nobody answered.
 */
export type ScheduledKind = 'visit-reminder' | 'visit-follow-up' | 'offer-follow-up';

/** A text that is to leave at a time, as long as its reason lasts. */
export type PlannedText = {
  kind: ScheduledKind;
  dueAt: Temporal.Instant;
  /** From then on it makes no sense; later than `dueAt`. */
  expiresAt: Temporal.Instant;
  /** The same text is scheduled once. */
  causeKey: string;
};

/** The row of a text that was scheduled; the alarm that rings for it names no more. */
export type ScheduledRow = { id: Id; dueAt: Temporal.Instant };

/** What a visit is before its texts are planned: whatever else it is, there is nothing to say. */
export type VisitToPlan = {
  appointmentId: Id;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  /** When the person was told of this time: at the booking, or when the visit was moved to it. */
  toldAt: Temporal.Instant;
};
