import { describe, expect, it } from '@jest/globals';
import { findDates } from './dates.ts';
import { findDays } from './days.ts';
import { findHours } from './hours.ts';

const friday = Temporal.PlainDate.from('2026-11-20');
const short = (said: string) =>
  findDays(said)
    .map((day) => day.slice(0, 2))
    .join(' ');

describe('days of the week', () => {
  it.each([
    ['Tuesday', 'tu'],
    ['mon, weds or fridays', 'mo we fr'],
    ['Mon-Thu', 'mo tu we th'],
    ['friday through sunday', 'fr sa su'],
    ['weekdays', 'mo tu we th fr'],
    ['weekends only', 'sa su'],
    ['end of the week works', 'th fr'],
    ['any day except Monday', 'tu we th fr sa su'],
    ['weekdays but not fridays', 'mo tu we th'],
    ['money for the sunny satin', ''],
  ])('"%s"', (said, days) => {
    expect(short(said)).toBe(days);
  });
});

describe('hours of the day', () => {
  it.each([
    ['mornings', { until: '12:00' }],
    ['Tuesday afternoon', { from: '12:00', until: '17:00' }],
    ['evenings', { from: '17:00' }],
    ['after work', { from: '17:00' }],
    ['after 3', { from: '15:00' }],
    ['after 10', { from: '10:00' }],
    ['before 11am', { until: '11:00' }],
    ['between 2 and 4', { from: '14:00', until: '16:00' }],
    ['10-1', { from: '10:00', until: '13:00' }],
    ['from 9 to 11:30', { from: '09:00', until: '11:30' }],
    ['around 3pm', { from: '14:00', until: '16:30' }],
    ['mornings or afternoons', { until: '17:00' }],
    ['late afternoon', { from: '15:00' }],
    ['on the 24th', undefined],
    ['after the 11/24 party', undefined],
    ['how much is it', undefined],
  ])('"%s"', (said, hours) => {
    expect(findHours(said)).toEqual(hours);
  });
});

describe('days of the calendar, seen on Friday, November 20', () => {
  it.each([
    ['today', '2026-11-20', '2026-11-20'],
    ['tmrw', '2026-11-21', '2026-11-21'],
    ['the day after tomorrow', '2026-11-22', '2026-11-22'],
    ['next week', '2026-11-23', '2026-11-29'],
    ['next tuesday', '2026-11-24', '2026-11-24'],
    ['this weekend', '2026-11-21', '2026-11-22'],
    ['Dec 3rd', '2026-12-03', '2026-12-03'],
    ['1/5', '2027-01-05', '2027-01-05'],
    ['the 2nd', '2026-12-02', '2026-12-02'],
    ['next month', '2026-12-01', '2026-12-31'],
  ])('"%s"', (said, from, until) => {
    expect(findDates(said, friday)).toEqual({ from, until });
  });

  it.each(['Tuesday', 'anytime', '2/31', 'in 3 days time'])('"%s" names none', (said) => {
    expect(findDates(said, friday)).toBeUndefined();
  });
});
