import type { PrismaTransaction } from '@frontdesk/db';
import { judgePayment, type PaymentReport } from '@frontdesk/payments';
import {
  countFailuresTold,
  depositOfAppointment,
  enterCapture,
  markApplied,
  unappliedReports,
} from '@frontdesk/payments/postgres';
import { capture } from './capture.ts';
import type { Booking } from './load-booking.ts';
import { announce, askStaff, audit, textPatient, type Cause } from './tell.ts';
import { paymentFailedText, paymentMismatchText, staffWords } from './words.ts';

/** Somebody who keeps trying sees on Square's page what happened; more texts than this would only add to it. */
const mostFailuresTold = 3;

/** Lets every report of the order that had no effect yet take it, oldest first. Call it under the order's lock. */
export async function applyPaymentReports(
  tx: PrismaTransaction,
  booking: Booking,
  { orderId, ...cause }: Cause & { orderId: string },
): Promise<void> {
  const { orgId, id } = booking.appointment;
  for (const report of await unappliedReports(tx, orgId, orderId)) {
    const deposit = await depositOfAppointment(tx, orgId, id);
    if (deposit === null) return;
    await applyReport(tx, { ...booking, deposit }, { report, ...cause });
    await markApplied(tx, orgId, report);
  }
}

type Paying = Booking & { deposit: NonNullable<Booking['deposit']> };

async function applyReport(
  tx: PrismaTransaction,
  booking: Paying,
  { report, ...cause }: Cause & { report: PaymentReport },
): Promise<void> {
  const { deposit } = booking;
  const causeKey = `payment:${report.paymentId}`;
  const verdict = judgePayment(deposit, report);
  switch (verdict) {
    case 'nothing':
      return;
    case 'capture':
      await enter(tx, booking, report);
      await capture(tx, booking, { report, ...cause });
      return;
    case 'failed': {
      if ((await countFailuresTold(tx, deposit.orgId, report.orderId)) < mostFailuresTold) {
        const link = deposit.linkUrl ?? '';
        const told = { ...cause, kind: 'payment-failed', causeKey: `${causeKey}:failed` };
        const ends = deposit.expiresAt === null ? {} : { expiresAt: deposit.expiresAt };
        await textPatient(tx, booking, { ...told, ...ends, body: paymentFailedText(link), values: { link } });
      }
      await announce(tx, booking, { ...cause, status: 'failed' });
      break;
    }
    case 'mismatch': {
      await enter(tx, booking, report);
      const reason = staffWords.mismatch(booking, { asked: deposit.amount, paid: report.amount });
      await askStaff(tx, booking, { ...cause, kind: 'payment-mismatch', reason, causeKey });
      await textPatient(tx, booking, { ...cause, kind: 'payment-mismatch', body: paymentMismatchText(), causeKey });
      break;
    }
    case 'second-payment': {
      await enter(tx, booking, report);
      const reason = staffWords.secondPayment(booking, report.amount);
      await askStaff(tx, booking, { ...cause, kind: 'payment-mismatch', reason, causeKey });
      await textPatient(tx, booking, { ...cause, kind: 'payment-mismatch', body: paymentMismatchText(), causeKey });
      break;
    }
  }
  await audit(tx, booking, {
    action: `payment.${verdict}`,
    now: cause.now,
    details: { paymentId: report.paymentId, cents: report.amount.cents, currency: report.amount.currency },
  });
}

async function enter(tx: PrismaTransaction, { deposit }: Paying, report: PaymentReport): Promise<void> {
  const { paymentId, amount, updatedAt } = report;
  if (amount.cents === 0) return;
  await enterCapture(tx, { orgId: deposit.orgId, depositId: deposit.id, paymentId, amount, at: updatedAt });
}
