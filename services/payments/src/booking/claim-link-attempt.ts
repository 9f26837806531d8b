import type { Id } from '@frontdesk/kernel';
import { present } from '@frontdesk/kernel';
import type { Deposit } from '@frontdesk/payments';
import { depositById, scheduleAttempt } from '@frontdesk/payments/postgres';
import { extendHold } from '@frontdesk/scheduling/postgres';
import type { Desk } from './desk.ts';
import { endWithoutLink } from './end-without-link.ts';
import { loadBooking } from './load-booking.ts';
import { staffWords } from './words.ts';

/** A time is not held for longer than this without a link. */
const giveUpAfter = Temporal.Duration.from({ minutes: 30 });

/**
 * Takes the next try for this process and keeps the time held meanwhile. Null when no try is due: the link is made,
 * nobody wants it any more, another process is at it, or it was given up just now.
 */
export async function claimAttempt(desk: Desk, orgId: Id, depositId: Id): Promise<Deposit | null> {
  const { database, clock, settings } = desk;
  return database.inTenant(orgId, async (tx) => {
    const known = await depositById(tx, orgId, depositId);
    if (known?.state !== 'requested') return null;
    const booking = await loadBooking(tx, orgId, known.appointmentId);
    const deposit = present(booking.deposit, 'the deposit of the visit');
    const now = clock();
    if (!isDue(deposit, now) || booking.appointment.state !== 'held') return null;
    if (Temporal.Instant.compare(now, deposit.createdAt.add(giveUpAfter)) >= 0) {
      const reason = staffWords.linkFailed(booking);
      await endWithoutLink(tx, booking, { now, causationId: depositId, kind: 'deposit-link-failed', reason });
      return null;
    }
    await scheduleAttempt(tx, deposit, { nextAttemptAt: now.add(settings.attemptLease), counts: true });
    await extendHold(tx, { orgId, id: deposit.appointmentId, until: now.add(settings.holdFor) });
    return { ...deposit, attempts: deposit.attempts + 1 };
  });
}

function isDue({ state, nextAttemptAt }: Deposit, now: Temporal.Instant): boolean {
  return state === 'requested' && nextAttemptAt !== null && Temporal.Instant.compare(nextAttemptAt, now) <= 0;
}
