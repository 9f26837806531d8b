import { BookingRequestedV1 } from '@frontdesk/contracts';
import type { PrismaTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { on, type Handler } from '@frontdesk/queue';
import type { Desk } from '../booking/desk.ts';
import { requestBooking } from '../booking/request-booking.ts';

/** The link is made after the commit; should this process end in between, the sweep makes it. */
export function onBookingRequested(
  { clock, settings }: Pick<Desk, 'clock' | 'settings'>,
  makeLink: (deposit: { orgId: Id; id: Id }) => Promise<void>,
): Handler<PrismaTransaction> {
  return on(BookingRequestedV1, async ({ orgId, id, data }, once) => {
    const outcome = await once((tx) => requestBooking(tx, { orgId, ...data, settings, now: clock(), causationId: id }));
    if (outcome?.kind === 'link-due') await makeLink({ orgId, id: outcome.depositId });
  });
}
