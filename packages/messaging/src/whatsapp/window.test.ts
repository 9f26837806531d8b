import { describe, expect, it } from '@jest/globals';
import { isWindowOpen } from './window.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');
const ago = (time: Temporal.DurationLike) => now.subtract(time);

describe('the window of WhatsApp', () => {
  it.each<[string, Temporal.Instant | null, Temporal.Instant | null, boolean]>([
    ['nobody wrote', null, null, false],
    ['the person wrote just now', now, null, true],
    ['they wrote yesterday, more than a minute less than 24 hours ago', ago({ hours: 23, minutes: 58 }), null, true],
    ['the last minute has begun', ago({ hours: 23, minutes: 59 }), null, false],
    ['24 hours have passed', ago({ hours: 24 }), null, false],
    ['the provider said that it is closed', ago({ hours: 1 }), ago({ minutes: 1 }), false],
    ['the person wrote since the provider said so', ago({ minutes: 1 }), ago({ minutes: 2 }), true],
    ['the provider said so at that moment', ago({ minutes: 1 }), ago({ minutes: 1 }), false],
  ])('when %s', (_, wroteAt, closedAt, open) => {
    expect(isWindowOpen({ wroteAt, closedAt }, now)).toBe(open);
  });
});
