import { describe, expect, it } from '@jest/globals';
import { money } from '@frontdesk/kernel';
import fc from 'fast-check';
import { judgePayment, supersedes, type PaymentReport, type PaymentStatus } from './payment-report.ts';

const at = (second: number) => Temporal.Instant.from('2026-11-23T15:00:00Z').add({ seconds: second });
const deposit = { state: 'link_sent', paymentId: null, amount: money(5000, 'USD') } as const;
const report = (change: Partial<PaymentReport> = {}) =>
  ({ paymentId: 'P1', status: 'COMPLETED', amount: money(5000, 'USD'), ...change }) as const;

describe('a payment', () => {
  it.each([
    ['completed with the right amount is captured', deposit, report(), 'capture'],
    ['is captured also when the hold has ended', { ...deposit, state: 'expired' }, report(), 'capture'],
    ['that only was approved means nothing yet', deposit, report({ status: 'APPROVED' }), 'nothing'],
    ['that is known means nothing more', { ...deposit, state: 'paid', paymentId: 'P1' }, report(), 'nothing'],
    ['by another payment is a second one', { ...deposit, state: 'paid', paymentId: 'P0' }, report(), 'second-payment'],
    ['of another amount is a mismatch', deposit, report({ amount: money(4999, 'USD') }), 'mismatch'],
    ['in another currency is a mismatch', deposit, report({ amount: money(5000, 'CAD') }), 'mismatch'],
    ['that failed may be tried again', deposit, report({ status: 'FAILED' }), 'failed'],
    ['that was cancelled may be tried again', deposit, report({ status: 'CANCELED' }), 'failed'],
    [
      'that failed after another paid is of no consequence',
      { ...deposit, state: 'paid', paymentId: 'P0' },
      report({ status: 'FAILED' }),
      'nothing',
    ],
    [
      'that failed after the hold is of no consequence',
      { ...deposit, state: 'expired' },
      report({ status: 'FAILED' }),
      'nothing',
    ],
  ] as const)('%s', (_, of, said, verdict) => {
    expect(judgePayment(of, said)).toBe(verdict);
  });
});

describe('what is known of a payment', () => {
  it('is never replaced by something older', () => {
    const known = { status: 'APPROVED', updatedAt: at(5) } as const;
    expect(supersedes({ status: 'PENDING', updatedAt: at(4) }, known)).toBe(false);
    expect(supersedes({ status: 'FAILED', updatedAt: at(6) }, known)).toBe(true);
    expect(supersedes({ status: 'PENDING', updatedAt: at(5) }, known)).toBe(false);
    expect(supersedes({ status: 'FAILED', updatedAt: at(5) }, known)).toBe(true);
  });

  it('is the same in the end, in whatever order and however often the reports come', () => {
    const reports = fc.uniqueArray(
      fc.record({
        status: fc.constantFrom<PaymentStatus>('APPROVED', 'PENDING', 'COMPLETED', 'FAILED'),
        updatedAt: fc.integer({ min: 0, max: 5 }).map(at),
      }),
      { minLength: 1, maxLength: 6, selector: ({ status, updatedAt }) => `${status} ${updatedAt.toString()}` },
    );
    const deliveries = reports.chain((once) =>
      fc.tuple(
        fc.constant(once),
        fc.shuffledSubarray([...once, ...once], { minLength: once.length * 2, maxLength: once.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(deliveries, ([once, repeated]) => {
        const last = (told: typeof once) => told.reduce((known, next) => (supersedes(next, known) ? next : known));
        expect(last(repeated).status).toBe(last(once).status);
      }),
    );
  });
});
