import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import fc from 'fast-check';
import { planReminders, planVisitTexts } from './plan-visit-texts.ts';

const startsAt = Temporal.Instant.from('2026-11-24T17:00:00Z');
const appointmentId = newId();
const toldBefore = (hours: number) => ({
  appointmentId,
  startsAt,
  endsAt: startsAt.add({ minutes: 30 }),
  toldAt: startsAt.subtract({ minutes: Math.round(hours * 60) }),
});
const remindersOf = (hoursAhead: number, minutes: readonly number[] = [1440, 60]) =>
  planReminders(toldBefore(hoursAhead), minutes).map(({ dueAt }) => dueAt.until(startsAt).total('minutes'));

describe('reminders of a visit', () => {
  it.each([
    ['a week ahead', 7 * 24, [1440, 60]],
    ['30 hours ahead, so that a reminder at 24 hours comes six hours later', 30, [1440, 60]],
    ['29 hours ahead, too soon before a reminder at 24 hours', 29, [60]],
    ['24 hours ahead, when the reminder at 24 hours would come at once', 24, [60]],
    ['this afternoon', 3, [60]],
    ['75 minutes ahead', 1.25, [60]],
    ['an hour ahead', 1, []],
    ['for a time that has passed', -1, []],
  ])('booked %s', (_when, hoursAhead, minutesBefore) => {
    expect(remindersOf(hoursAhead)).toEqual(minutesBefore);
  });

  it('are as the clinic wants them, in any order, each once, or none', () => {
    expect(remindersOf(300, [180, 10080, 1440, 180])).toEqual([10080, 1440, 180]);
    expect(remindersOf(300, [])).toEqual([]);
  });

  it('give way to the next one, and the last one to the visit', () => {
    const ends = (minutes: readonly number[]) =>
      planReminders(toldBefore(100), minutes).map(({ expiresAt }) => expiresAt.until(startsAt).total('minutes'));
    expect(ends([1440, 60])).toEqual([60, 10]);
    expect(ends([8])).toEqual([4]);
  });

  it('never come at once after the booking, after the visit began, or two at one time', () => {
    const minutes = fc.array(fc.integer({ min: 5, max: 43_200 }), { maxLength: 5 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: -100, max: 80_000 }), (wanted, ahead) => {
        const visit = toldBefore(ahead / 60);
        const plan = planReminders(visit, wanted);
        let before = visit.toldAt;
        for (const { dueAt, expiresAt } of plan) {
          expect(Temporal.Instant.compare(dueAt, before)).toBeGreaterThan(0);
          expect(Temporal.Instant.compare(expiresAt, dueAt)).toBeGreaterThan(0);
          expect(Temporal.Instant.compare(expiresAt, startsAt)).toBeLessThan(0);
          before = dueAt;
        }
        plan.slice(1).forEach(({ dueAt }, n) => expect(String(plan[n]?.expiresAt)).toBe(String(dueAt)));
        const nearest = Math.min(...wanted);
        if (nearest * 1.25 <= ahead) expect(plan.at(-1)?.dueAt.until(startsAt).total('minutes')).toBe(nearest);
      }),
    );
  });
});

describe('a follow-up after a visit', () => {
  it('is planned only when the clinic has words for it', () => {
    const plan = (followUpMinutes: number | null) =>
      planVisitTexts(toldBefore(1), { reminderMinutes: [], followUpMinutes });
    expect(plan(null)).toEqual([]);
    expect(plan(120).map(({ kind, dueAt }) => [kind, startsAt.until(dueAt).total('minutes')])).toEqual([
      ['visit-follow-up', 150],
    ]);
  });
});
