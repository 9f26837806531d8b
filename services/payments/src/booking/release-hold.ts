import type { PrismaTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { nextState, type Deposit, type OrderState } from '@frontdesk/payments';
import { hasCompletedPayment, lockOrder, moveDeposit, recordReport } from '@frontdesk/payments/postgres';
import { expireHold, extendHold, liveAppointment } from '@frontdesk/scheduling/postgres';
import { applyPaymentReports } from './apply-payment-reports.ts';
import type { Desk } from './desk.ts';
import { loadBooking, type Booking } from './load-booking.ts';
import { announce, askStaff, audit, textPatient, type Cause } from './tell.ts';
import { paymentMismatchText, staffWords } from './words.ts';

/** A time that is paid for, by Square's own word, stays held until the payment is reported, but not for ever. */
const waitForReport = { each: { minutes: 1 }, atMost: { minutes: 30 } } as const;

export type ReleaseOutcome =
  | { kind: 'released' }
  | { kind: 'kept' }
  | { kind: 'waits-for-payment'; until: Temporal.Instant };

/** Releases the time, unless the order turns out to be paid or the hold lives again; in one transaction with all that follows. */
export async function releaseHold(
  { database, clock }: Desk,
  { orgId, appointmentId, order }: { orgId: Id; appointmentId: Id; order: OrderState | null },
): Promise<ReleaseOutcome> {
  return database.inTenant(orgId, async (tx): Promise<ReleaseOutcome> => {
    const now = clock();
    const cause = { now, causationId: appointmentId };
    const orderId = await orderOf(tx, orgId, appointmentId);
    if (orderId !== null) await lockOrder(tx, orgId, orderId);
    let booking = await loadBooking(tx, orgId, appointmentId);
    if (!isOver(booking, now)) return { kind: 'kept' };
    if (orderId !== null && order?.kind === 'paid') {
      if (order.payment === null) {
        const until = await keepWaiting(tx, booking, now);
        if (until !== null) return { kind: 'waits-for-payment', until };
        await reportMissingPayment(tx, booking, cause);
      } else {
        await recordReport(tx, orgId, { ...order.payment, orderId, status: 'COMPLETED' });
        await applyPaymentReports(tx, booking, { ...cause, orderId });
        booking = await loadBooking(tx, orgId, appointmentId);
      }
    }
    if (booking.appointment.state === 'confirmed') return { kind: 'kept' };
    const silent = order?.kind === 'paid' || (await isSilent(tx, booking, now));
    await expireHold(tx, { orgId, id: appointmentId });
    await endDeposit(tx, booking);
    if (!silent) await announce(tx, booking, { ...cause, status: 'expired' });
    await audit(tx, booking, { action: 'hold.ended', now });
    return { kind: 'released' };
  });
}

async function orderOf(tx: PrismaTransaction, orgId: Id, appointmentId: Id): Promise<string | null> {
  const row = await tx.deposit.findUnique({
    where: { orgId_appointmentId: { orgId, appointmentId } },
    select: { squareOrderId: true },
  });
  return row?.squareOrderId ?? null;
}

/** While its link is still being made, a held time is kept by the tries. */
function isOver({ appointment, deposit }: Booking, now: Temporal.Instant): boolean {
  const { state, holdExpiresAt } = appointment;
  if (state === 'confirmed' || holdExpiresAt === null) return false;
  if (state === 'held' && deposit?.state === 'requested') return false;
  return Temporal.Instant.compare(holdExpiresAt, now) <= 0;
}

async function keepWaiting(
  tx: PrismaTransaction,
  { appointment, deposit }: Booking,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const until = now.add(waitForReport.each);
  const end = deposit?.expiresAt?.add(waitForReport.atMost) ?? now;
  if (Temporal.Instant.compare(until, end) > 0) return null;
  return (await extendHold(tx, { orgId: appointment.orgId, id: appointment.id, until })) ? until : null;
}

/** Square says that the order is paid but never by what: a person finds out, and the patient knows that one does. */
async function reportMissingPayment(tx: PrismaTransaction, booking: Booking, cause: Cause): Promise<void> {
  const causeKey = `payment-missing:${booking.appointment.id}`;
  await askStaff(tx, booking, {
    ...cause,
    kind: 'payment-mismatch',
    reason: staffWords.paymentMissing(booking),
    causeKey,
  });
  await textPatient(tx, booking, { ...cause, kind: 'payment-mismatch', body: paymentMismatchText(), causeKey });
}

/** Nothing is said to a patient who chose another time, or whose money is being looked at. */
async function isSilent(
  tx: PrismaTransaction,
  { appointment, deposit }: Booking,
  now: Temporal.Instant,
): Promise<boolean> {
  const { orgId, contactId, state } = appointment;
  if (state === 'cancelled') return true;
  if ((await liveAppointment(tx, { orgId, contactId, now })) !== null) return true;
  return deposit?.orderId != null && (await hasCompletedPayment(tx, orgId, deposit.orderId));
}

async function endDeposit(
  tx: PrismaTransaction,
  { appointment, deposit }: { appointment: Booking['appointment']; deposit: Deposit | null },
) {
  if (deposit === null) return;
  const event = appointment.state === 'cancelled' ? 'hold-given-up' : 'hold-ended';
  if (nextState(deposit.state, event) !== null) await moveDeposit(tx, deposit, event);
}
