import { describe, expect, it } from '@jest/globals';
import { ageOf } from './ages.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');

describe('an age', () => {
  it.each([
    [{ seconds: 0 }, '0 s'],
    [{ milliseconds: 499 }, '0 s'],
    [{ seconds: 59 }, '59 s'],
    [{ seconds: 61 }, '1 m 1 s'],
    [{ minutes: 120 }, '2 h'],
    [{ hours: 27, minutes: 3 }, '1 d 3 h'],
    [{ hours: 24 * 40 }, '40 d'],
  ])('of %j is "%s"', (ago, text) => {
    expect(ageOf(now.subtract(ago), now)).toBe(text);
  });
});
