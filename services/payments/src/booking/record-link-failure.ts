import { fullJitter, present } from '@frontdesk/kernel';
import type { Deposit } from '@frontdesk/payments';
import { noteDelayTold, scheduleAttempt } from '@frontdesk/payments/postgres';
import type { Desk } from './desk.ts';
import { endWithoutLink } from './end-without-link.ts';
import { loadBooking } from './load-booking.ts';
import { textPatient } from './tell.ts';
import { linkDelayedText, staffWords } from './words.ts';

const retry = { baseMs: 2_000, capMs: 30_000 } as const;
const shortestWaitMs = 250;

/**
 * A try brought no link. A final no ends the booking for the desk; otherwise the next try is set, and a patient who has
 * waited too long is told so, once. Returns when the next try is due; null when there is none.
 */
export async function recordLinkFailure(
  { database, clock, random, settings }: Desk,
  { orgId, id, appointmentId, attempts }: Deposit,
  { final }: { final: boolean },
): Promise<Temporal.Instant | null> {
  return database.inTenant(orgId, async (tx) => {
    const booking = await loadBooking(tx, orgId, appointmentId);
    const deposit = present(booking.deposit, 'the deposit of the visit');
    if (deposit.state !== 'requested') return null;
    const now = clock();
    const cause = { now, causationId: id };
    if (final) {
      await endWithoutLink(tx, booking, {
        ...cause,
        kind: 'deposit-link-failed',
        reason: staffWords.linkFailed(booking),
      });
      return null;
    }
    const noticeDue = deposit.createdAt.add(settings.linkDelayNotice);
    const told = deposit.toldOfDelayAt !== null;
    if (!told && Temporal.Instant.compare(now, noticeDue) >= 0) {
      const causeKey = `deposit-delayed:${id}`;
      await textPatient(tx, booking, { ...cause, kind: 'deposit-delayed', body: linkDelayedText(), causeKey });
      await noteDelayTold(tx, deposit, now);
    }
    const waitMs = Math.max(shortestWaitMs, fullJitter(attempts, retry, random));
    const next = now.add({ milliseconds: waitMs });
    // A try at the moment when the notice is due brings the link or, failing that, the notice.
    const isBeforeNotice =
      Temporal.Instant.compare(now, noticeDue) < 0 && Temporal.Instant.compare(next, noticeDue) > 0;
    const nextAttemptAt = isBeforeNotice ? noticeDue : next;
    await scheduleAttempt(tx, deposit, { nextAttemptAt, counts: false });
    return nextAttemptAt;
  });
}
