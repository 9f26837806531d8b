import { describe, expect, it } from '@jest/globals';
import { judgeMiss, mediaRetries } from './judge-media.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');
const rules = { retry: mediaRetries, random: () => 0.5 };
const busy = { kind: 'retryable', code: 'http-503' } as const;
const secondsUntil = (attempt: number, outcome: Parameters<typeof judgeMiss>[0] = busy, random = 0.5) => {
  const verdict = judgeMiss(outcome, { attempt, now }, { ...rules, random: () => random });
  return verdict.state === 'queued' ? verdict.nextAttemptAt.since(now).total('seconds') : verdict.state;
};

describe('a try that brought no file', () => {
  it('is repeated within twice as long each time, up to an hour, anywhere in it', () => {
    expect([1, 2, 3, 20].map((attempt) => secondsUntil(attempt))).toEqual([2.5, 5, 10, 1_800]);
    expect([0, 0.999].map((random) => secondsUntil(3, busy, random))).toEqual([0, 19.98]);
  });

  it('is repeated no sooner than the carrier said', () => {
    expect(secondsUntil(1, { ...busy, retryAfterMs: 60_000 })).toBe(62.5);
  });

  it('is the last after about a day, with the reason', () => {
    const attempts = Array.from({ length: mediaRetries.maxAttempts - 1 }, (_, n) => secondsUntil(n + 1));
    const hours = attempts.reduce((sum: number, seconds) => sum + Number(seconds), 0) / 3_600;
    expect(hours).toBeGreaterThan(18);
    expect(hours).toBeLessThan(30);
    expect(judgeMiss(busy, { attempt: mediaRetries.maxAttempts, now }, rules)).toEqual({
      state: 'gone',
      reason: 'it could not be had in 50 tries (http-503)',
    });
  });

  it.each(['gone', 'refused'] as const)('that was final is not repeated: %s', (kind) => {
    expect(judgeMiss({ kind, reason: 'why' }, { attempt: 1, now }, rules)).toEqual({ state: kind, reason: 'why' });
  });
});
