import { SquarePaymentReportedV1 } from '@frontdesk/contracts';
import type { PrismaTransaction } from '@frontdesk/db';
import { failpoint, money } from '@frontdesk/kernel';
import { on, type Handler } from '@frontdesk/queue';
import type { Desk } from '../booking/desk.ts';
import { settleReport } from '../booking/settle-report.ts';

export function onSquarePaymentReported({ clock }: Pick<Desk, 'clock'>): Handler<PrismaTransaction> {
  return on(SquarePaymentReportedV1, async ({ orgId, id, data }, once) => {
    const { paymentId, orderId, status, amountCents, currency, updatedAt } = data;
    const report = {
      paymentId,
      orderId,
      status,
      amount: money(amountCents, currency),
      updatedAt: Temporal.Instant.from(updatedAt),
    };
    await once((tx) => settleReport(tx, { orgId, report, now: clock(), causationId: id }));
    failpoint('payments.after-payment-commit');
  });
}
