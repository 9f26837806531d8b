import { failpoint, PermanentFailure, type Id } from '@frontdesk/kernel';
import type { Deposit, PaymentLink } from '@frontdesk/payments';
import { alarmKinds, type Desk } from './desk.ts';
import { claimAttempt } from './claim-link-attempt.ts';
import { recordLink } from './record-link.ts';
import { recordLinkFailure } from './record-link-failure.ts';
import { merchantAccount } from './merchant-account.ts';
import { linkDescription } from './words.ts';

/**
 * Makes the Square link of a deposit and sends it, or sees to it that it is tried again. Safe to call at any time, by
 * several at once and after any crash: the row says whether a try is due, and every try carries the same key.
 */
export function makeLinkMaker(desk: Desk) {
  return async ({ orgId, id }: { orgId: Id; id: Id }): Promise<void> => {
    const deposit = await claimAttempt(desk, orgId, id);
    if (deposit === null) return;
    failpoint('payments.before-link');
    let link: PaymentLink;
    try {
      link = await askForLink(desk, deposit);
    } catch (error) {
      desk.logger.warn({ orgId, depositId: id, attempt: deposit.attempts, error }, 'no deposit link was made');
      const final = error instanceof PermanentFailure;
      const next = await recordLinkFailure(desk, deposit, { final });
      if (next !== null) await desk.alarms.arm(alarmKinds.link, { orgId, id }, next);
      return;
    }
    failpoint('payments.after-link');
    const stored = await recordLink(desk, deposit, link);
    if (stored.kind === 'sent') {
      await desk.alarms.arm(alarmKinds.hold, { orgId, id: deposit.appointmentId }, stored.expiresAt);
    } else if (stored.kind === 'unwanted') {
      await desk.links.delete(await merchantAccount(desk, orgId, deposit.locationId), link.linkId);
    }
  };
}

async function askForLink(desk: Desk, deposit: Deposit): Promise<PaymentLink> {
  const account = await merchantAccount(desk, deposit.orgId, deposit.locationId);
  return desk.links.create(account, {
    idempotencyKey: deposit.idempotencyKey,
    depositId: deposit.id,
    amount: deposit.amount,
    description: linkDescription,
  });
}
