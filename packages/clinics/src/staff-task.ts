import type { Id } from '@frontdesk/kernel';

export type StaffTaskKind =
  | 'hand-off'
  | 'paid-without-slot'
  | 'payment-mismatch'
  | 'no-deposit-account'
  | 'deposit-link-failed'
  | 'text-outcome-unknown'
  | 'text-failed'
  | 'booking-failed'
  | 'registration'
  | 'number-changed';

/** Work for a person. `causeKey` names its cause: the same cause opens one task. */
export type NewStaffTask = {
  orgId: Id;
  kind: StaffTaskKind;
  /** In words for staff; no health details. */
  reason: string;
  causeKey: string;
  now: Temporal.Instant;
  dueIn: Temporal.Duration;
  conversationId?: Id;
  appointmentId?: Id;
  depositId?: Id;
  messageId?: Id;
};
