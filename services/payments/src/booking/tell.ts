import type { StaffTaskKind } from '@frontdesk/clinics';
import { openStaffTask, staffToNotify } from '@frontdesk/clinics/postgres';
import { AppointmentChangedV1, DepositChangedV1, type DataOf } from '@frontdesk/contracts';
import { appendEvent, recordAudit, type PrismaTransaction } from '@frontdesk/db';
import { requestText } from '@frontdesk/messaging/postgres';
import type { TemplateValues } from '@frontdesk/messaging';
import type { Booking } from './load-booking.ts';
import { visitValues } from './words.ts';

/** What made us do it, for the envelope of whatever follows. */
export type Cause = { now: Temporal.Instant; causationId: string | null };

const taskDueIn = Temporal.Duration.from({ hours: 1 });

/**
 * Texts the patient, in the transaction of the cause; `causeKey` names the cause, which is told once. `values`: what it says besides the
 * visit. `expiresAt`: when the visit begins, or the link takes no money any more.
 */
export async function textPatient(
  tx: PrismaTransaction,
  booking: Booking,
  {
    values,
    ...text
  }: Cause & {
    kind: string;
    body: string;
    causeKey: string;
    values?: TemplateValues;
    expiresAt?: Temporal.Instant;
  },
): Promise<void> {
  const { appointment, patient } = booking;
  const { orgId, contactId, conversationId } = appointment;
  await requestText(tx, {
    orgId,
    recipient: { contactId, conversationId },
    from: patient.clinicNumber,
    to: patient.phone,
    class: 'reply',
    correlationId: conversationId,
    values: { ...visitValues(booking), ...values },
    ...text,
  });
}

export async function noticeStaff(
  tx: PrismaTransaction,
  { appointment, patient }: Booking,
  notice: Cause & { kind: string; body: string; causeKey: string },
): Promise<void> {
  for (const member of await staffToNotify(tx, appointment.orgId)) {
    await requestText(tx, {
      orgId: appointment.orgId,
      recipient: { staffMemberId: member.id },
      from: patient.clinicNumber,
      to: member.phone,
      class: 'staff-notice',
      correlationId: appointment.conversationId,
      ...notice,
      causeKey: `${notice.causeKey}:staff:${member.id}`,
    });
  }
}

/** Opens a task for staff and tells them of it by text. */
export async function askStaff(
  tx: PrismaTransaction,
  booking: Booking,
  task: Cause & { kind: StaffTaskKind; reason: string; causeKey: string },
): Promise<void> {
  const { appointment, deposit } = booking;
  await openStaffTask(tx, {
    orgId: appointment.orgId,
    kind: task.kind,
    reason: task.reason,
    causeKey: task.causeKey,
    now: task.now,
    dueIn: taskDueIn,
    conversationId: appointment.conversationId,
    appointmentId: appointment.id,
    ...(deposit === null ? {} : { depositId: deposit.id }),
  });
  await noticeStaff(tx, booking, { ...task, body: task.reason });
}

/** Lets the conversation know where the deposit stands. */
export async function announce(
  tx: PrismaTransaction,
  { appointment }: Booking,
  { status, now, causationId }: Cause & { status: DataOf<typeof DepositChangedV1>['status'] },
): Promise<void> {
  const { orgId, conversationId, contactId, id } = appointment;
  await appendEvent(tx, {
    definition: DepositChangedV1,
    orgId,
    data: { conversationId, contactId, appointmentId: id, status },
    occurredAt: now,
    correlationId: conversationId,
    causationId,
  });
}

/** Lets the reminders of a visit follow what happened to it. */
export async function announceVisit(
  tx: PrismaTransaction,
  { appointment }: Booking,
  { state, now, causationId }: Cause & { state: DataOf<typeof AppointmentChangedV1>['state'] },
): Promise<void> {
  const { orgId, conversationId, contactId, id, startsAt } = appointment;
  await appendEvent(tx, {
    definition: AppointmentChangedV1,
    orgId,
    data: { appointmentId: id, contactId, state, startsAt: startsAt.toString() },
    occurredAt: now,
    correlationId: conversationId,
    causationId,
  });
}

export async function audit(
  tx: PrismaTransaction,
  { appointment, deposit }: Booking,
  { action, now, details = {} }: { action: string; now: Temporal.Instant; details?: Record<string, string | number> },
): Promise<void> {
  await recordAudit(tx, {
    orgId: appointment.orgId,
    actor: 'payments',
    action,
    subject: deposit === null ? { type: 'appointment', id: appointment.id } : { type: 'deposit', id: deposit.id },
    at: now,
    details,
  });
}
