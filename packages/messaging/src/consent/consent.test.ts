import { describe, expect, it } from '@jest/globals';
import { isNews, type Consent } from './consent.ts';

const at = (minute: number) => Temporal.Instant.from('2026-11-20T18:00:00Z').add({ minutes: minute });
const nothingKnown: Consent = { stoppedAt: null, lastStopAt: null, marketingSince: null, resumedAt: null };

describe('what a carrier lists', () => {
  it('is news when the desk knew nothing', () => {
    expect(isNews({ kind: 'opt-out', at: at(0) }, nothingKnown)).toBe(true);
  });

  it('is no news when the desk knows of the opt-out', () => {
    expect(isNews({ kind: 'opt-out', at: at(5) }, { ...nothingKnown, stoppedAt: at(0) })).toBe(false);
  });

  it.each([
    [3, false],
    [5, false],
    [7, true],
  ])('counts as an opt-out at minute %i, after texts were asked for again at minute 5: %s', (minute, news) => {
    expect(isNews({ kind: 'opt-out', at: at(minute) }, { ...nothingKnown, resumedAt: at(5) })).toBe(news);
  });

  it.each([
    [3, false],
    [5, false],
    [7, true],
  ])('undoes at minute %i the opt-out of minute 5: %s', (minute, news) => {
    expect(isNews({ kind: 'opt-in', at: at(minute) }, { ...nothingKnown, stoppedAt: at(5), lastStopAt: at(5) })).toBe(
      news,
    );
  });

  it('undoes no opt-out that was said again after it', () => {
    expect(isNews({ kind: 'opt-in', at: at(7) }, { ...nothingKnown, stoppedAt: at(5), lastStopAt: at(9) })).toBe(false);
  });

  it('resumes nothing that was not stopped', () => {
    expect(isNews({ kind: 'opt-in', at: at(5) }, nothingKnown)).toBe(false);
  });
});
