import type { StaffTaskKind } from '@frontdesk/clinics';
import type { PrismaTransaction } from '@frontdesk/db';
import { moveDeposit } from '@frontdesk/payments/postgres';
import { expireHold } from '@frontdesk/scheduling/postgres';
import type { Booking } from './load-booking.ts';
import { announce, askStaff, audit, textPatient, type Cause } from './tell.ts';
import { cannotBookText } from './words.ts';

/**
 * No link can be made, so the desk cannot go on by itself: the time is released, and the patient is told honestly that
 * a person will take over, who gets a task.
 */
export async function endWithoutLink(
  tx: PrismaTransaction,
  booking: Booking,
  end: Cause & { kind: StaffTaskKind; reason: string },
): Promise<void> {
  const { appointment, deposit } = booking;
  const causeKey = `no-link:${appointment.id}`;
  if (deposit !== null) await moveDeposit(tx, deposit, 'link-refused');
  await expireHold(tx, { orgId: appointment.orgId, id: appointment.id });
  await textPatient(tx, booking, { ...end, kind: 'deposit-unavailable', body: cannotBookText(), causeKey });
  await askStaff(tx, booking, { ...end, causeKey });
  await announce(tx, booking, { ...end, status: 'unavailable' });
  await audit(tx, booking, { action: 'deposit.unavailable', now: end.now, details: { reason: end.kind } });
}
