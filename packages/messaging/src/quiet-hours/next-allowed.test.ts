import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { between, earlier, type DayHours, type HoursOn } from './day-hours.ts';
import { nextAllowed } from './next-allowed.ts';

const at = (instant: string) => Temporal.Instant.from(instant);

describe('the next time that a text may leave', () => {
  const byDay: HoursOn = () => between('08:00', '21:00');

  it.each([
    ['within the hours: now', '2026-11-20T20:00:00Z', ['America/New_York'], 'now'],
    ['at opening: now', '2026-11-20T13:00:00Z', ['America/New_York'], 'now'],
    ['a moment before closing: now', '2026-11-21T01:59:59.999Z', ['America/New_York'], 'now'],
    ['at closing: the next morning', '2026-11-21T02:00:00Z', ['America/New_York'], '2026-11-21T13:00:00Z'],
    ['before opening: this morning', '2026-11-20T10:00:00Z', ['America/New_York'], '2026-11-20T13:00:00Z'],
    [
      'with both coasts: when the west opens',
      '2026-11-20T13:00:00Z',
      ['America/New_York', 'America/Los_Angeles'],
      '2026-11-20T16:00:00Z',
    ],
    [
      'with both coasts: until the east closes',
      '2026-11-21T02:00:00Z',
      ['America/Los_Angeles', 'America/New_York'],
      '2026-11-21T16:00:00Z',
    ],
  ])('%s', (_what, now, zones, opening) => {
    const next = nextAllowed(at(now), { zones, hoursOn: byDay });
    expect(String(next)).toBe(opening);
  });

  it('is never when zones share no hour, or no day has hours', () => {
    const now = at('2026-11-20T13:00:00Z');
    const morning: HoursOn = () => between('08:00', '09:00');
    expect(nextAllowed(now, { zones: ['Pacific/Honolulu', 'America/New_York'], hoursOn: morning })).toBe('never');
    expect(nextAllowed(now, { zones: ['America/New_York'], hoursOn: () => null })).toBe('never');
  });

  it('passes over days without hours', () => {
    const noSundays: HoursOn = ({ dayOfWeek }) => (dayOfWeek === 7 ? null : between('09:00', '20:00'));
    const saturdayNight = at('2026-11-22T03:00:00Z');
    const next = nextAllowed(saturdayNight, { zones: ['America/Chicago'], hoursOn: noSundays });
    expect(String(next)).toBe('2026-11-23T15:00:00Z');
  });

  it('opens at the jump when the clock skips the hour of opening', () => {
    const early: HoursOn = () => between('02:30', '05:00');
    const next = nextAllowed(at('2026-03-08T05:00:00Z'), { zones: ['America/New_York'], hoursOn: early });
    expect(String(next)).toBe('2026-03-08T07:00:00Z'); // 3:00, a moment after 1:59
  });

  it('passes over a day whose hours the clock skips', () => {
    const skipped: HoursOn = () => between('02:10', '02:50');
    const next = nextAllowed(at('2026-03-08T05:00:00Z'), { zones: ['America/New_York'], hoursOn: skipped });
    expect(String(next)).toBe('2026-03-09T06:10:00Z');
  });

  it('opens both times when the clock repeats the hours', () => {
    const repeated: HoursOn = () => between('01:10', '01:50');
    const zones = ['America/New_York'];
    expect(String(nextAllowed(at('2026-11-01T05:00:00Z'), { zones, hoursOn: repeated }))).toBe('2026-11-01T05:10:00Z');
    expect(String(nextAllowed(at('2026-11-01T05:50:00Z'), { zones, hoursOn: repeated }))).toBe('2026-11-01T06:10:00Z');
  });

  it('opens when the clock falls back into the hours', () => {
    const untilHalfPastOne: HoursOn = () => between('01:00', '01:30');
    const next = nextAllowed(at('2026-11-01T05:40:00Z'), { zones: ['America/New_York'], hoursOn: untilHalfPastOne });
    expect(String(next)).toBe('2026-11-01T06:00:00Z');
  });
});

/** Zones that change their clocks in every way there is: at 2:00, at midnight, by half an hour, in the south, or never. */
const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Boise',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/Halifax',
  'America/St_Johns',
  'America/Regina',
  'America/Havana',
  'America/Santiago',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
] as const;
const days = ['2026-01-01', '2028-01-01'].map((day) => Date.parse(day));
const hour = 3_600_000;

/** Around a change of the clock of some zone, where mistakes live, or anywhere in two years. */
const nearAChange = fc
  .tuple(
    fc.constantFrom(...zones),
    fc.integer({ min: days[0] ?? 0, max: days[1] ?? 0 }),
    fc.integer({ min: -30 * hour, max: 30 * hour }),
  )
  .map(([zone, from, off]) => {
    const change = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    return change === null ? from : change.epochMilliseconds + off;
  });
const moments = fc
  .oneof(
    { weight: 3, arbitrary: nearAChange },
    { weight: 1, arbitrary: fc.integer({ min: days[0] ?? 0, max: days[1] ?? 0 }) },
  )
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

const clock = fc.integer({ min: 0, max: 24 * 60 - 1 });
const dayHours = fc
  .oneof(fc.constant([480, 1260] as const), fc.constant([540, 1200] as const), fc.tuple(clock, clock))
  .map(([one, other]): DayHours => {
    const time = (minute: number) => Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
    return { opens: time(Math.min(one, other)), closes: time(Math.max(one, other)) };
  });
const week = fc.tuple(dayHours, fc.option(dayHours), fc.option(dayHours)).map(
  ([weekdays, saturday, sunday]): HoursOn =>
    ({ dayOfWeek }) =>
      dayOfWeek === 7 ? sunday : dayOfWeek === 6 ? saturday : weekdays,
);
const places = fc.uniqueArray(fc.constantFrom(...zones), { minLength: 1, maxLength: 4 });

const isOpen = (instant: Temporal.Instant, { zones: all, hoursOn }: { zones: readonly string[]; hoursOn: HoursOn }) =>
  all.every((zone) => {
    const local = instant.toZonedDateTimeISO(zone);
    const hours = hoursOn(local.toPlainDate());
    const time = local.toPlainTime();
    return hours !== null && !earlier(time, hours.opens) && earlier(time, hours.closes);
  });

describe('over changes of the clock in twenty zones', () => {
  const runs = { numRuns: 400 };

  it('is within the hours of every zone, never before now, and no minute could have come sooner', () => {
    fc.assert(
      fc.property(moments, places, week, (now, all, hoursOn) => {
        const rules = { zones: all, hoursOn };
        const next = nextAllowed(now, rules);
        if (next === 'now') expect(isOpen(now, rules)).toBe(true);
        if (typeof next === 'string') return;
        expect(isOpen(next, rules)).toBe(true);
        expect(Temporal.Instant.compare(next, now)).toBe(1);
        const minuteBefore = next.subtract({ minutes: 1 });
        if (Temporal.Instant.compare(minuteBefore, now) >= 0) expect(isOpen(minuteBefore, rules)).toBe(false);
        expect(nextAllowed(next, rules)).toBe('now');
      }),
      runs,
    );
  });

  it('is what looking at every minute of thirty hours finds', () => {
    fc.assert(
      fc.property(moments, places, week, (moment, all, hoursOn) => {
        const rules = { zones: all, hoursOn };
        const now = moment.round({ smallestUnit: 'minute' });
        const next = nextAllowed(now, rules);
        let open: Temporal.Instant | null = null;
        for (let minutes = 0; open === null && minutes < 30 * 60; minutes += 1) {
          const minute = now.add({ minutes });
          if (isOpen(minute, rules)) open = minute;
        }
        const found = next === 'now' ? now : next;
        const isSoon = typeof found !== 'string' && Temporal.Instant.compare(found, now.add({ hours: 30 })) < 0;
        expect(String(open)).toBe(String(isSoon ? found : null));
      }),
      { numRuns: 40 },
    );
  });

  it('is some time within a week when one zone has hours on weekdays', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (now, zone) => {
        const weekdays: HoursOn = ({ dayOfWeek }) => (dayOfWeek > 5 ? null : between('08:00', '21:00'));
        const next = nextAllowed(now, { zones: [zone], hoursOn: weekdays });
        if (next === 'now') return;
        expect(next).not.toBe('never');
        const waits = typeof next === 'string' ? null : next.since(now).total('hours');
        expect(waits).toBeLessThanOrEqual(3 * 24);
      }),
      runs,
    );
  });
});
