import { describe, expect, it } from '@jest/globals';
import { pollAfter } from '../poll-after.ts';
import { nextDailyLook, warningDue } from './token-watch.ts';

const expiresAt = Temporal.Instant.from('2027-03-15T12:00:00Z');
const before = (days: number, hours = 0) => expiresAt.subtract({ hours: 24 * days + hours });

describe('the end of a token', () => {
  it.each([
    [60, null],
    [14.1, null],
    [14, 14],
    [5, 14],
    [3, 3],
    [1, 3],
    [0, 0],
    [-10, 0],
  ])('%d days ahead is told with the warning %s', (days, warning) => {
    expect(warningDue(expiresAt, expiresAt.subtract({ minutes: Math.round(days * 1_440) }))).toBe(warning);
  });

  it('is never told of one that has none', () => {
    expect(warningDue(null, expiresAt)).toBeNull();
  });
});

describe('a sender that works', () => {
  it('is looked at again after a day', () => {
    const now = before(40);
    expect(nextDailyLook(expiresAt, now)).toEqual(now.add({ hours: 24 }));
    expect(nextDailyLook(null, now)).toEqual(now.add({ hours: 24 }));
  });

  it.each([14, 3, 0])('is looked at when the warning of %d days is due, if that is sooner', (days) => {
    expect(nextDailyLook(expiresAt, before(days, 7))).toEqual(before(days));
  });

  it('is looked at in the future, always', () => {
    for (let hours = -48; hours < 24 * 20; hours += 1) {
      const now = before(0, hours);
      const wait = now.until(nextDailyLook(expiresAt, now)).total('hours');
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(24);
    }
  });
});

describe('what a provider makes up its mind about', () => {
  it.each([
    [0, 30],
    [60, 30],
    [20 * 60, 5 * 60],
    [4 * 3_600, 3_600],
    [72 * 3_600, 3_600],
  ])('after %d seconds is asked for again %d seconds later', (taken, wait) => {
    const now = expiresAt.add({ seconds: taken });
    expect(now.until(pollAfter(expiresAt, now)).total('seconds')).toBe(wait);
  });
});
