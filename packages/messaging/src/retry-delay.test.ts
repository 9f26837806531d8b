import { describe, expect, it } from '@jest/globals';
import { retryDelay } from './retry-delay.ts';

const policy = { baseMs: 1_000, capMs: 60_000, maxAttempts: 5 };
const latest = () => 0.999999;

describe('the wait before the next try', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [4, 8_000],
    [7, 60_000],
    [20, 60_000],
  ])('after try %i is at most %i ms and may be nothing', (attempt, atMost) => {
    expect(retryDelay({ attempt }, policy, latest).total('milliseconds')).toBe(atMost - 1);
    expect(retryDelay({ attempt }, policy, () => 0).total('milliseconds')).toBe(0);
  });

  it('is never shorter than what the carrier asked for', () => {
    expect(retryDelay({ attempt: 1, retryAfterMs: 30_000 }, policy, () => 0).total('seconds')).toBe(30);
  });

  it('believes no carrier that asks for a day', () => {
    expect(retryDelay({ attempt: 1, retryAfterMs: 86_400_000 }, policy, () => 0).total('minutes')).toBe(15);
  });
});
