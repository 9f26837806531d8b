import { describe, expect, it } from '@jest/globals';
import { TransientFailure, type Id } from '@frontdesk/kernel';
import fc from 'fast-check';
import { holdTime } from './stage.ts';
import { useStage, type Report } from './use-stage.ts';

const stage = useStage();

/** Everything that can happen around one deposit. */
type Happening =
  | { kind: 'agree' | 'sweep' | 'square-fails' | 'square-works' | 'rival' | 'all-at-once' }
  | { kind: 'pass'; minutes: number }
  | { kind: 'report'; paymentId: string; status: Report['status']; second: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<Happening>({ kind: 'agree' }, { kind: 'sweep' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Happening>(
      { kind: 'square-fails' },
      { kind: 'square-works' },
      { kind: 'rival' },
      { kind: 'all-at-once' },
    ),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 5, 16) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      paymentId: fc.constantFrom('P1', 'P1', 'P2'),
      status: fc.constantFrom<Report['status']>('APPROVED', 'COMPLETED', 'COMPLETED', 'FAILED', 'CANCELED'),
      second: fc.integer({ min: 0, max: 3 }),
    }),
  },
);

describe('a deposit in whatever order things happen, and however often', () => {
  it('ends with each payment entered once, and with a visit exactly when it is paid and the time is ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 12 }), async (story) => {
        await stage.fresh();
        const { appointmentId, startsAt } = await holdTime(stage.server, stage.clinic);
        await stage.agree(appointmentId);
        const completed = new Set<string>();
        for (const next of story) await happen(next, { appointmentId, startsAt, completed });
        await settle();
        await expectSound(appointmentId, completed);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

async function happen(
  next: Happening,
  { appointmentId, startsAt, completed }: { appointmentId: Id; startsAt: Temporal.Instant; completed: Set<string> },
): Promise<void> {
  const { desk, square, clinic, server } = stage;
  const complete = () => {
    completed.add('P1');
    return stage.report();
  };
  switch (next.kind) {
    case 'agree':
      return stage.agree(appointmentId);
    case 'sweep':
      return desk.sweep();
    case 'square-fails':
      square.failing = new TransientFailure('Square answered 503');
      return;
    case 'square-works':
      square.failing = null;
      return;
    case 'pass':
      desk.pass({ minutes: next.minutes });
      return;
    case 'rival':
      // Has the time when it is free for others, and else does not.
      await holdTime(server, clinic, { startsAt, now: desk.now() }).catch(() => {});
      return;
    case 'all-at-once':
      if (square.links.size === 0) return;
      await Promise.all([complete(), complete(), desk.sweep(), desk.sweep()]);
      return;
    case 'report':
      if (square.links.size === 0) return;
      if (next.status === 'COMPLETED') completed.add(next.paymentId);
      await stage.report({ ...next, updatedAt: `2026-11-23T15:05:0${next.second}Z` });
  }
}

/** Square works again and time goes by. */
async function settle(): Promise<void> {
  stage.square.failing = null;
  for (const minutes of [1, 16, 31, 1]) {
    stage.desk.pass({ minutes });
    await stage.desk.sweep();
  }
}

async function expectSound(appointmentId: Id, completed: Set<string>): Promise<void> {
  const seen = await stage.look(appointmentId);
  expect(stage.square.links.size).toBeLessThanOrEqual(1);
  expect(seen.captured).toEqual([...completed].toSorted().map((paymentId) => [paymentId, 5000]));
  expect(['confirmed', 'expired']).toContain(seen.appointment);
  expect(seen.appointment === 'confirmed').toBe(seen.deposit === 'paid');
  expect(seen.holdExpiresAt).toBeNull();
  if (completed.size > 0) {
    expect(['paid', 'paid_without_slot']).toContain(seen.deposit);
    expect(completed).toContain(seen.paymentId);
  } else {
    expect(['expired', 'cancelled']).toContain(seen.deposit);
    expect(seen.announced.at(-1)).toBe(seen.deposit === 'expired' ? 'expired' : 'unavailable');
  }
  expect(seen.tasks.includes('paid-without-slot')).toBe(seen.deposit === 'paid_without_slot');
  expect(seen.tasks.filter((kind) => kind === 'payment-mismatch')).toHaveLength(Math.max(0, completed.size - 1));
  for (const kind of ['deposit-link', 'booking-confirmed', 'deposit-delayed']) {
    expect(seen.patientKinds.filter((told) => told === kind).length).toBeLessThanOrEqual(1);
  }
  expect(seen.patientKinds.includes('booking-confirmed')).toBe(seen.deposit === 'paid');
}
