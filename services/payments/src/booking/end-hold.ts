import { failpoint, PermanentFailure, type Id } from '@frontdesk/kernel';
import type { Deposit, OrderState } from '@frontdesk/payments';
import { depositOfAppointment } from '@frontdesk/payments/postgres';
import type { Appointment } from '@frontdesk/scheduling';
import { appointmentById } from '@frontdesk/scheduling/postgres';
import { alarmKinds, type Desk } from './desk.ts';
import { merchantAccount } from './merchant-account.ts';
import { releaseHold } from './release-hold.ts';

/** Square that cannot be reached keeps nobody's time for longer than this; a payment that shows up later is a late one. */
const waitForSquare = Temporal.Duration.from({ minutes: 10 });

/**
 * Settles the end of a hold, whether it ran out or was given up: first nobody can pay any more, then the order is read
 * once more, and only then the time is released. Safe to call at any time and after any crash.
 */
export function makeHoldEnder(desk: Desk) {
  return async ({ orgId, id }: { orgId: Id; id: Id }): Promise<void> => {
    const { database, clock, alarms } = desk;
    const ended = await database.inTenant(orgId, async (tx) => {
      const appointment = await appointmentById(tx, orgId, id);
      if (appointment === null || !hasEnded(appointment, clock())) return null;
      return { appointment, deposit: await depositOfAppointment(tx, orgId, id) };
    });
    if (ended === null) return;
    const order = await closeLink(desk, ended);
    const outcome = await releaseHold(desk, { orgId, appointmentId: id, order });
    if (outcome.kind === 'waits-for-payment') await alarms.arm(alarmKinds.hold, { orgId, id }, outcome.until);
  };
}

/** Deletes the link and reads its order. Null when there is no link, or Square could not be asked in time. */
async function closeLink(
  desk: Desk,
  { appointment, deposit }: { appointment: Appointment; deposit: Deposit | null },
): Promise<OrderState | null> {
  if (deposit?.state !== 'link_sent' || deposit.linkId === null || deposit.orderId === null) return null;
  const { orgId, id, linkId, orderId } = deposit;
  try {
    const account = await merchantAccount(desk, orgId, deposit.locationId);
    // A link that Square refuses to delete, such as a paid one, has an order to read all the same.
    await desk.links.delete(account, linkId).catch((error: unknown) => {
      if (!(error instanceof PermanentFailure)) throw error;
      desk.logger.warn({ orgId, depositId: id, error }, 'a deposit link could not be deleted');
    });
    failpoint('payments.after-link-deleted');
    return await desk.links.order(account, orderId);
  } catch (error) {
    const isFinal = error instanceof PermanentFailure;
    const waitedEnough =
      appointment.holdExpiresAt !== null &&
      Temporal.Instant.compare(desk.clock(), appointment.holdExpiresAt.add(waitForSquare)) >= 0;
    if (!isFinal && !waitedEnough) throw error;
    desk.logger.error({ orgId, depositId: id, error }, 'a hold is released without an answer from Square');
    return null;
  }
}

function hasEnded({ state, holdExpiresAt }: Appointment, now: Temporal.Instant): boolean {
  return state !== 'confirmed' && holdExpiresAt !== null && Temporal.Instant.compare(holdExpiresAt, now) <= 0;
}
