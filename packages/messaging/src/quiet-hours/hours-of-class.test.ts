import { describe, expect, it } from '@jest/globals';
import type { TextClass } from '../text-class.ts';
import { between, earlier } from './day-hours.ts';
import { federalHours, hoursOfClass, marketingHours } from './hours-of-class.ts';
import { isHoliday } from './holidays.ts';
import { stateRules } from './state-rules.ts';

const clinicHours = between('08:00', '21:00');
const hours = (ofClass: TextClass, day: string, { states = [] as string[], clinic = clinicHours } = {}) => {
  const on = hoursOfClass(ofClass, { states, clinicHours: clinic })?.(Temporal.PlainDate.from(day));
  return on === undefined || on === null
    ? on
    : `${on.opens.toString().slice(0, 5)}-${on.closes.toString().slice(0, 5)}`;
};
const friday = '2026-11-20';
const saturday = '2026-11-21';
const sunday = '2026-11-22';

describe('when texts may leave', () => {
  it.each<TextClass>(['reply', 'missed-call', 'keyword-answer', 'staff-notice'])('always: %s', (ofClass) => {
    expect(hoursOfClass(ofClass, { states: ['AL'], clinicHours })).toBeNull();
  });

  it('a reminder: from eight to nine in the evening, whatever the state', () => {
    expect(hours('reminder', sunday, { states: ['AL'] })).toBe('08:00-21:00');
  });

  it('a reminder: within the hours of the clinic, which cannot widen those', () => {
    expect(hours('reminder', friday, { clinic: between('09:30', '18:00') })).toBe('09:30-18:00');
    expect(hours('reminder', friday, { clinic: between('06:00', '23:00') })).toBe('08:00-21:00');
  });

  it('marketing: from nine to eight where no state has a rule of its own', () => {
    expect(hours('marketing', friday)).toBe('09:00-20:00');
    expect(hours('marketing', sunday, { states: ['OR'] })).toBe('09:00-20:00');
  });

  it.each([
    ['AL', '09:00-20:00', '09:00-20:00', null],
    ['CA', '09:00-20:00', '09:00-20:00', '09:00-20:00'],
    ['FL', '09:00-20:00', '09:00-20:00', '09:00-20:00'],
    ['KY', '10:00-20:00', '10:00-20:00', '10:00-20:00'],
    ['LA', '09:00-20:00', '09:00-20:00', null],
    ['MS', '09:00-20:00', '09:00-20:00', null],
    ['PA', '09:00-20:00', '09:00-12:00', null],
    ['RI', '09:00-18:00', '10:00-17:00', '10:00-17:00'],
    ['SD', '09:00-20:00', '09:00-20:00', null],
    ['TX', '09:00-20:00', '09:00-20:00', '12:00-20:00'],
    ['UT', '09:00-20:00', '09:00-20:00', null],
  ])('marketing in %s', (state, weekday, onSaturday, onSunday) => {
    expect([friday, saturday, sunday].map((day) => hours('marketing', day, { states: [state] }))).toEqual([
      weekday,
      onSaturday,
      onSunday,
    ]);
  });

  it('marketing: as the stricter of two states says', () => {
    expect(hours('marketing', sunday, { states: ['TX', 'RI'] })).toBe('12:00-17:00');
    expect(hours('marketing', sunday, { states: ['TX', 'AL'] })).toBeNull();
  });

  it('marketing: none on a holiday where the state says so', () => {
    expect(hours('marketing', '2026-11-26', { states: ['AL'] })).toBeNull();
    expect(hours('marketing', '2026-11-26', { states: ['FL'] })).toBe('09:00-20:00');
  });
});

describe('the table of states', () => {
  it('has each state once, with its source, and is not marked as verified by anybody', () => {
    expect(new Set(stateRules.map(({ state }) => state)).size).toBe(stateRules.length);
    for (const { state, source, verifiedByCounsel } of stateRules) {
      expect(state).toMatch(/^[A-Z]{2}$/);
      expect(source).not.toBe('');
      expect(verifiedByCounsel).toBeNull();
    }
  });

  it('widens no federal hour', () => {
    for (const { weekdays, saturday: six, sunday: seven } of stateRules) {
      for (const day of [weekdays, six, ...(seven === null ? [] : [seven])]) {
        expect(earlier(day.opens, federalHours.opens)).toBe(false);
        expect(earlier(federalHours.closes, day.closes)).toBe(false);
        expect(earlier(day.opens, day.closes)).toBe(true);
      }
    }
    expect(earlier(marketingHours.opens, federalHours.opens)).toBe(false);
  });
});

describe('a holiday', () => {
  it.each([
    ['2026-01-01', 'UT'],
    ['2026-01-19', 'UT'],
    ['2026-05-25', 'UT'],
    ['2026-07-03', 'UT'], // the Fourth is a Saturday
    ['2026-07-04', 'UT'],
    ['2027-07-05', 'UT'], // the Fourth is a Sunday
    ['2026-07-24', 'UT'],
    ['2026-11-26', 'UT'],
    ['2026-02-17', 'LA'], // Mardi Gras
    ['2024-11-29', 'LA'], // the day after Thanksgiving, a fifth Friday
    ['2026-04-03', 'PA'], // Good Friday
    ['2026-08-10', 'RI'],
    ['2026-04-27', 'MS'],
  ])('%s in %s', (day, state) => {
    expect(isHoliday(Temporal.PlainDate.from(day), state)).toBe(true);
  });

  it.each([
    ['2026-07-24', 'AL'],
    ['2026-07-06', 'UT'],
    ['2026-11-20', 'LA'],
    ['2026-11-27', 'UT'],
    ['2026-05-18', 'MS'],
  ])('is not %s in %s', (day, state) => {
    expect(isHoliday(Temporal.PlainDate.from(day), state)).toBe(false);
  });
});
