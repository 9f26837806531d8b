import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createThroughput, type ThroughputLimit } from './throughput.ts';

const start = Temporal.Instant.from('2026-11-20T16:00:00Z');

/** When each text of a series was taken, in milliseconds; `gaps` lie before each. */
function takenOf(
  limit: ThroughputLimit,
  gaps: readonly number[],
  from: (n: number) => string = () => '+15125550199',
): number[] {
  let ms = 0;
  const throughput = createThroughput(() => start.add({ milliseconds: ms }));
  throughput.limit(limit);
  return gaps.flatMap((gap, n) => {
    ms += gap;
    return throughput.take(from(n)) === null ? [ms] : [];
  });
}

describe('a limit of texts per second', () => {
  it('holds in every second, however the texts are spread, and lets that many through', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.25, 0.5, 1, 3, 10),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }),
        (textsPerSecond, gaps) => {
          const taken = takenOf({ textsPerSecond }, gaps);
          const windowMs = 1_000 * Math.max(1, 1 / textsPerSecond);
          const most = Math.max(1, textsPerSecond);
          for (const at of taken) {
            expect(taken.filter((other) => other > at - windowMs && other <= at).length).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
    expect(
      takenOf(
        { textsPerSecond: 10 },
        Array.from({ length: 50 }, () => 100),
      ),
    ).toHaveLength(50);
    expect(
      takenOf(
        { textsPerSecond: 10 },
        Array.from({ length: 50 }, () => 0),
      ),
    ).toHaveLength(10);
  });

  it('says when there is room again, and lifts', () => {
    let ms = 0;
    const throughput = createThroughput(() => start.add({ milliseconds: ms }));
    throughput.limit({ textsPerSecond: 0.25, answer: 'queue-full' });
    expect(throughput.take('a')).toBeNull();
    ms = 500;
    expect(throughput.take('a')).toEqual({ answer: 'queue-full', retryAfterSeconds: 4 });
    ms = 4_001;
    expect(throughput.take('a')).toBeNull();
    throughput.limit(null);
    expect(throughput.take('a')).toBeNull();
  });

  it('can count each number by itself', () => {
    const zeros = Array.from({ length: 10 }, () => 0);
    expect(takenOf({ textsPerSecond: 2, per: 'number' }, zeros, (n) => String(n % 3))).toHaveLength(6);
  });
});
