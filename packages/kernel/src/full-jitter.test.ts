import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fullJitter } from './full-jitter.ts';

const limits = { baseMs: 1000, capMs: 60_000 };

describe('the wait before a retry', () => {
  it('doubles its upper bound with each try, up to the cap', () => {
    const longest = (attempt: number) => fullJitter(attempt, limits, () => 0.999_999);
    expect([1, 2, 3, 6, 7, 40].map(longest)).toEqual([999, 1999, 3999, 31_999, 59_999, 59_999]);
  });

  it('is anywhere between nothing and the bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const wait = fullJitter(attempt, limits, () => random);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThan(limits.capMs);
        },
      ),
    );
  });
});
