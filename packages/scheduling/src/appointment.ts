import type { Id } from '@frontdesk/kernel';

/** A free stretch of one practitioner that fits the service. */
export type FreeTime = {
  practitionerId: Id;
  practitionerName: string;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
};

/** A free time that was told to a person; only an offered time can be held. */
export type Offer = FreeTime & { id: Id };

export type AppointmentState = 'held' | 'confirmed' | 'expired' | 'cancelled';

export type Appointment = {
  id: Id;
  orgId: Id;
  locationId: Id;
  practitionerId: Id;
  practitionerName: string;
  serviceId: Id;
  contactId: Id;
  conversationId: Id;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  state: AppointmentState;
  holdExpiresAt: Temporal.Instant | null;
};
