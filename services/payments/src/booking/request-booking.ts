import { depositFor, type PatientType } from '@frontdesk/clinics';
import type { PrismaTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { depositAccountOf, requestDeposit } from '@frontdesk/payments/postgres';
import { confirmAppointment, extendHold } from '@frontdesk/scheduling/postgres';
import type { BookingSettings } from './desk.ts';
import { endWithoutLink } from './end-without-link.ts';
import { loadBooking } from './load-booking.ts';
import { announce, announceVisit, audit, noticeStaff, textPatient, type Cause } from './tell.ts';
import { bookedText, staffWords } from './words.ts';

export type BookingRequest = Cause & {
  orgId: Id;
  appointmentId: Id;
  patientType: PatientType;
  settings: BookingSettings;
};

export type BookingOutcome =
  | { kind: 'link-due'; depositId: Id }
  /** No deposit was due and the visit is confirmed; or it could not go on, and those concerned were told. */
  | { kind: 'done' };

/**
 * The patient agreed to a held time. The amount is the clinic's own rule, read here and taken from nowhere else.
 * An agreement that repeats finds the deposit that the first one asked for.
 */
export async function requestBooking(tx: PrismaTransaction, request: BookingRequest): Promise<BookingOutcome> {
  const { orgId, appointmentId, patientType, settings, now } = request;
  const booking = await loadBooking(tx, orgId, appointmentId);
  const { appointment, service, deposit } = booking;
  if (deposit !== null || appointment.state === 'confirmed' || appointment.state === 'cancelled')
    return { kind: 'done' };
  if (appointment.state === 'expired') {
    await announce(tx, booking, { ...request, status: 'expired' });
    return { kind: 'done' };
  }
  if (service === null) {
    await endWithoutLink(tx, booking, { ...request, kind: 'booking-failed', reason: staffWords.notOffered(booking) });
    return { kind: 'done' };
  }
  const amount = depositFor(service, patientType);
  if (amount === null) {
    await confirmAppointment(tx, { appointment, now });
    const confirmed = { ...request, kind: 'booking-confirmed', causeKey: `booked:${appointmentId}` };
    await textPatient(tx, booking, { ...confirmed, body: bookedText(booking, null), expiresAt: appointment.startsAt });
    await noticeStaff(tx, booking, { ...confirmed, body: staffWords.booked(booking, null) });
    await announce(tx, booking, { ...request, status: 'not-needed' });
    await announceVisit(tx, booking, { ...request, state: 'confirmed' });
    await audit(tx, booking, { action: 'appointment.confirmed', now });
    return { kind: 'done' };
  }
  if ((await depositAccountOf(tx, orgId, appointment.locationId)) === null) {
    const reason = staffWords.noDepositAccount(booking);
    await endWithoutLink(tx, booking, { ...request, kind: 'no-deposit-account', reason });
    return { kind: 'done' };
  }
  const depositId = newId();
  await requestDeposit(tx, { orgId, id: depositId, appointment, amount, now });
  await extendHold(tx, { orgId, id: appointmentId, until: now.add(settings.holdFor) });
  await audit(tx, booking, { action: 'deposit.requested', now, details: { depositId, cents: amount.cents } });
  return { kind: 'link-due', depositId };
}
