import type { PrismaTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { PaymentReport } from '@frontdesk/payments';
import { depositOfOrder, lockOrder, recordReport } from '@frontdesk/payments/postgres';
import { applyPaymentReports } from './apply-payment-reports.ts';
import { loadBooking } from './load-booking.ts';
import type { Cause } from './tell.ts';

/** Keeps what Square said of a payment, and applies it when its order is known; otherwise the link's row will. */
export async function settleReport(
  tx: PrismaTransaction,
  { orgId, report, ...cause }: Cause & { orgId: Id; report: PaymentReport },
): Promise<void> {
  await lockOrder(tx, orgId, report.orderId);
  await recordReport(tx, orgId, report);
  const deposit = await depositOfOrder(tx, orgId, report.orderId);
  if (deposit === null) return;
  const booking = await loadBooking(tx, orgId, deposit.appointmentId);
  await applyPaymentReports(tx, booking, { ...cause, orderId: report.orderId });
}
