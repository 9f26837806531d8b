import { formatMoney, present } from '@frontdesk/kernel';
import type { Deposit, PaymentLink } from '@frontdesk/payments';
import { lockOrder, storeLink } from '@frontdesk/payments/postgres';
import { extendHold } from '@frontdesk/scheduling/postgres';
import { applyPaymentReports } from './apply-payment-reports.ts';
import type { Desk } from './desk.ts';
import { loadBooking } from './load-booking.ts';
import { announce, audit, textPatient } from './tell.ts';
import { depositLinkText } from './words.ts';

export type LinkOutcome =
  | { kind: 'sent'; expiresAt: Temporal.Instant }
  /** Another process was faster with the same link. */
  | { kind: 'known' }
  /** Nobody waits for this link any more; it must not take money. */
  | { kind: 'unwanted' };

/** Stores the link, asks for its text and starts the time to pay, in one transaction; payments that came before it count. */
export async function recordLink(
  { database, clock, settings }: Desk,
  { orgId, id, appointmentId }: Deposit,
  link: PaymentLink,
): Promise<LinkOutcome> {
  return database.inTenant(orgId, async (tx): Promise<LinkOutcome> => {
    await lockOrder(tx, orgId, link.orderId);
    const booking = await loadBooking(tx, orgId, appointmentId);
    const deposit = present(booking.deposit, 'the deposit of the visit');
    if (deposit.linkId === link.linkId) return { kind: 'known' };
    if (deposit.state !== 'requested' || booking.appointment.state !== 'held') return { kind: 'unwanted' };
    const now = clock();
    const expiresAt = now.add(settings.holdFor);
    const sent = { ...booking, deposit: await storeLink(tx, deposit, { link, expiresAt }) };
    await extendHold(tx, { orgId, id: appointmentId, until: expiresAt });
    const cause = { now, causationId: id };
    const minutes = Math.max(1, Math.round(settings.holdFor.total('minutes')));
    const body = depositLinkText(sent, { amount: deposit.amount, url: link.url, minutes });
    const causeKey = `deposit-link:${id}`;
    const values = { amount: formatMoney(deposit.amount), link: link.url, minutes: String(minutes) };
    await textPatient(tx, sent, { ...cause, kind: 'deposit-link', body, values, causeKey, expiresAt });
    await announce(tx, sent, { ...cause, status: 'link_sent' });
    await audit(tx, sent, { action: 'deposit.link-sent', now, details: { cents: deposit.amount.cents } });
    await applyPaymentReports(tx, sent, { ...cause, orderId: link.orderId });
    return { kind: 'sent', expiresAt };
  });
}
