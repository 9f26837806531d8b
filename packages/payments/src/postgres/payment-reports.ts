import { toDate, toInstant, type PrismaTransaction } from '@frontdesk/db';
import { money, type Id } from '@frontdesk/kernel';
import { supersedes, type PaymentReport, type PaymentStatus } from '../payment-report.ts';

/**
 * Lets one transaction at a time deal with an order. A report and the deposit that learns its order may come at one
 * moment: without the lock neither would see the other. Taken before any row of the booking is locked.
 */
export async function lockOrder(tx: PrismaTransaction, orgId: Id, orderId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`order ${orgId} ${orderId}`}, 0))`;
}

/** Keeps the latest that was said of the payment. Call it under the order's lock. */
export async function recordReport(tx: PrismaTransaction, orgId: Id, report: PaymentReport): Promise<void> {
  const where = { orgId_paymentId: { orgId, paymentId: report.paymentId } };
  const known = await tx.paymentReport.findUnique({ where });
  const said = {
    orderId: report.orderId,
    status: report.status,
    amountCents: report.amount.cents,
    currency: report.amount.currency,
    reportedAt: toDate(report.updatedAt),
  };
  if (known === null) {
    await tx.paymentReport.create({ data: { orgId, paymentId: report.paymentId, ...said } });
  } else if (supersedes(report, toReport(known))) {
    await tx.paymentReport.update({ where, data: said });
  }
}

/** What was said of the order's payments and had no effect yet, oldest first. */
export async function unappliedReports(tx: PrismaTransaction, orgId: Id, orderId: string): Promise<PaymentReport[]> {
  const rows = await tx.paymentReport.findMany({
    where: {
      orgId,
      orderId,
      OR: [{ appliedStatus: null }, { NOT: { appliedStatus: { equals: tx.paymentReport.fields.status } } }],
    },
    orderBy: [{ reportedAt: 'asc' }, { paymentId: 'asc' }],
    take: 100,
  });
  return rows.map(toReport);
}

export async function markApplied(tx: PrismaTransaction, orgId: Id, report: PaymentReport): Promise<void> {
  await tx.paymentReport.update({
    where: { orgId_paymentId: { orgId, paymentId: report.paymentId } },
    data: { appliedStatus: report.status },
  });
}

/** How many failed payments of the order had their effect. */
export async function countFailuresTold(tx: PrismaTransaction, orgId: Id, orderId: string): Promise<number> {
  return tx.paymentReport.count({ where: { orgId, orderId, appliedStatus: 'FAILED' } });
}

/** Whether any payment of the order completed, whatever came of it. */
export async function hasCompletedPayment(tx: PrismaTransaction, orgId: Id, orderId: string): Promise<boolean> {
  return (await tx.paymentReport.findFirst({ where: { orgId, orderId, status: 'COMPLETED' } })) !== null;
}

type Row = NonNullable<Awaited<ReturnType<PrismaTransaction['paymentReport']['findUnique']>>>;

function toReport(row: Row): PaymentReport {
  return {
    paymentId: row.paymentId,
    orderId: row.orderId,
    status: row.status as PaymentStatus, // written from the contract's schema alone
    amount: money(row.amountCents, row.currency),
    updatedAt: toInstant(row.reportedAt),
  };
}
