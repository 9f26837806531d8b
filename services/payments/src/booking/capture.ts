import type { PrismaTransaction } from '@frontdesk/db';
import type { Deposit, PaymentReport } from '@frontdesk/payments';
import { moveDeposit } from '@frontdesk/payments/postgres';
import { confirmAppointment, liveAppointment } from '@frontdesk/scheduling/postgres';
import type { Booking } from './load-booking.ts';
import { announce, announceVisit, askStaff, audit, noticeStaff, textPatient, type Cause } from './tell.ts';
import { bookedText, staffWords } from './words.ts';

/**
 * The deposit's money came. While the time is the patient's, or free again, the visit is confirmed and all are told;
 * otherwise the money stands without a visit, staff get a task, and the conversation offers new times.
 */
export async function capture(
  tx: PrismaTransaction,
  booking: Booking & { deposit: Deposit },
  { report, ...cause }: Cause & { report: PaymentReport },
): Promise<void> {
  const { appointment, deposit } = booking;
  const payment = { paymentId: report.paymentId, paidAt: report.updatedAt };
  const causeKey = `payment:${report.paymentId}`;
  const booked = await takeTime(tx, booking, cause.now);
  await moveDeposit(tx, deposit, booked ? 'paid' : 'paid-too-late', payment);
  if (booked) {
    const told = { ...cause, kind: 'booking-confirmed', causeKey: `booked:${appointment.id}` };
    const expiresAt = appointment.startsAt;
    await textPatient(tx, booking, { ...told, body: bookedText(booking, deposit.amount), expiresAt });
    await noticeStaff(tx, booking, { ...told, body: staffWords.booked(booking, deposit.amount) });
    await announceVisit(tx, booking, { ...cause, state: 'confirmed' });
  } else {
    const reason = staffWords.paidWithoutSlot(booking, deposit.amount);
    await askStaff(tx, booking, { ...cause, kind: 'paid-without-slot', reason, causeKey });
  }
  await announce(tx, booking, { ...cause, status: booked ? 'paid' : 'paid_without_slot' });
  await audit(tx, booking, {
    action: booked ? 'deposit.paid' : 'deposit.paid-without-slot',
    now: cause.now,
    details: { paymentId: report.paymentId, cents: deposit.amount.cents, currency: deposit.amount.currency },
  });
}

/** A late payment takes no time from a patient who has chosen another one since. */
async function takeTime(tx: PrismaTransaction, { appointment }: Booking, now: Temporal.Instant): Promise<boolean> {
  const { orgId, contactId, state } = appointment;
  if (state === 'cancelled') return false;
  if (state === 'expired' && (await liveAppointment(tx, { orgId, contactId, now })) !== null) return false;
  return confirmAppointment(tx, { appointment, now });
}
