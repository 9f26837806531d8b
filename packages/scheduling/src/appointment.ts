import type { Id } from '@frontdesk/kernel';

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** From `startsAt` until just before `endsAt`: two that only touch do not overlap. */
export type Stretch = { startsAt: Temporal.Instant; endsAt: Temporal.Instant };

/** A free stretch of one practitioner that fits the service. */
export type FreeTime = Stretch & { practitionerId: Id; practitionerName: string };

/** A free time that was told to a person; only an offered time can be held. */
export type Offer = FreeTime & { id: Id; serviceId: Id };

/** `expired` becomes `confirmed` by a late payment whose time was still free; what was given up (`cancelled`) stays given up. */
export type AppointmentState = 'held' | 'confirmed' | 'expired' | 'cancelled';

export type Appointment = Stretch & {
  id: Id;
  orgId: Id;
  locationId: Id;
  practitionerId: Id;
  practitionerName: string;
  serviceId: Id;
  contactId: Id;
  conversationId: Id;
  state: AppointmentState;
  /** Until when the hold lives. A hold that ended keeps it until its end is settled: link deleted, patient told. */
  holdExpiresAt: Temporal.Instant | null;
};

export function overlaps(one: Stretch, other: Stretch): boolean {
  return (
    Temporal.Instant.compare(one.startsAt, other.endsAt) < 0 && Temporal.Instant.compare(other.startsAt, one.endsAt) < 0
  );
}
