import type { Money } from '@frontdesk/kernel';
import type { Deposit } from './deposit.ts';

export type PaymentStatus = 'APPROVED' | 'PENDING' | 'COMPLETED' | 'CANCELED' | 'FAILED';

/** What the provider says of one payment at one moment. */
export type PaymentReport = {
  paymentId: string;
  orderId: string;
  status: PaymentStatus;
  amount: Money;
  updatedAt: Temporal.Instant;
};

/** How far a status is: a later one is never undone by an earlier one of the same moment. */
const progress: Readonly<Record<PaymentStatus, number>> = {
  PENDING: 0,
  APPROVED: 1,
  CANCELED: 2,
  FAILED: 2,
  COMPLETED: 3,
};

/** Whether what is told now replaces what is known: newer, or as new and further on. Completed stays completed. */
export function supersedes(
  incoming: Pick<PaymentReport, 'status' | 'updatedAt'>,
  known: Pick<PaymentReport, 'status' | 'updatedAt'>,
): boolean {
  if (known.status === 'COMPLETED') return false;
  if (incoming.status === 'COMPLETED') return true;
  const order = Temporal.Instant.compare(incoming.updatedAt, known.updatedAt);
  return order > 0 || (order === 0 && progress[incoming.status] > progress[known.status]);
}

/**
 * What a payment means for its deposit.
 * - capture: the deposit's own money.
 * - second-payment: the deposit was paid before, by another payment.
 * - mismatch: money came, but another amount or currency than was asked for.
 * - failed: it did not go through; the person may try again while the link lives.
 * - nothing: not final yet, known already, or of no consequence any more.
 */
export type PaymentVerdict = 'capture' | 'second-payment' | 'mismatch' | 'failed' | 'nothing';

export function judgePayment(
  deposit: Pick<Deposit, 'state' | 'paymentId' | 'amount'>,
  report: Pick<PaymentReport, 'paymentId' | 'status' | 'amount'>,
): PaymentVerdict {
  switch (report.status) {
    case 'APPROVED':
    case 'PENDING':
      return 'nothing';
    case 'FAILED':
    case 'CANCELED':
      return deposit.state === 'link_sent' ? 'failed' : 'nothing';
    case 'COMPLETED':
      if (deposit.paymentId === report.paymentId) return 'nothing';
      if (deposit.paymentId !== null) return 'second-payment';
      return isSame(deposit.amount, report.amount) ? 'capture' : 'mismatch';
  }
}

function isSame(one: Money, other: Money): boolean {
  return one.cents === other.cents && one.currency === other.currency;
}
