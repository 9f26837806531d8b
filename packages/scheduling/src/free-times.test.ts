import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { overlaps, type Stretch, type Weekday } from './appointment.ts';
import { freeTimes, isFree, type Diary, type Wish, type WorkingHours } from './free-times.ts';

const every = (opens: string, closes: string): WorkingHours[] =>
  ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({
    weekday,
    opens: Temporal.PlainTime.from(opens),
    closes: Temporal.PlainTime.from(closes),
  }));
const instant = (text: string) => Temporal.Instant.from(text);
const diary = (change: Partial<Diary> = {}): Diary => ({
  practitionerId: 'p1',
  practitionerName: 'Jessica Martinez',
  timeZone: 'America/Phoenix',
  locationHours: every('09:00', '18:00'),
  ownHours: every('09:00', '18:00'),
  busy: [],
  ...change,
});
// Monday, 8:00 in Phoenix (UTC-7 all year).
const monday8 = instant('2026-11-23T15:00:00Z');
const find = (
  diaries: Diary[],
  {
    minutes = 30,
    now = monday8,
    limit = 6,
    ...wish
  }: Partial<Wish> & { minutes?: number; now?: Temporal.Instant; limit?: number } = {},
) =>
  freeTimes({ diaries, minutes, now, wish, limit }).map(({ startsAt, practitionerId }) => {
    const { timeZone } = diaries.find((d) => d.practitionerId === practitionerId) ?? diary();
    return startsAt.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  });

describe('free times', () => {
  it('lie where the opening hours and the hours of the practitioner meet', () => {
    const late = diary({ ownHours: every('16:00', '20:00') });
    expect(find([late], { days: [1], limit: 20, until: Temporal.PlainDate.from('2026-11-23') })).toEqual([
      '2026-11-23T16:00',
      '2026-11-23T16:30',
      '2026-11-23T17:00',
      '2026-11-23T17:30',
    ]);
  });

  it('hold the whole visit inside the hours', () => {
    const short = diary({ ownHours: every('09:00', '10:30') });
    expect(find([short], { minutes: 60, limit: 3 })).toEqual([
      '2026-11-23T09:00',
      '2026-11-24T09:00',
      '2026-11-25T09:00',
    ]);
  });

  it('may touch a visit but not overlap it', () => {
    const busy = [{ startsAt: instant('2026-11-23T17:00:00Z'), endsAt: instant('2026-11-23T17:30:00Z') }];
    const taken = diary({ ownHours: every('09:30', '11:00'), busy });
    expect(find([taken], { limit: 10, until: Temporal.PlainDate.from('2026-11-23') })).toEqual([
      '2026-11-23T09:30',
      '2026-11-23T10:30',
    ]);
  });

  it('start an hour from now at the soonest', () => {
    const now = instant('2026-11-23T16:10:00Z'); // 9:10
    expect(find([diary()], { now, limit: 1 })).toEqual(['2026-11-23T10:30']);
  });

  it('start at the wished minute or later, and before the other', () => {
    const wish = { fromMinute: 15 * 60, untilMinute: 16 * 60, limit: 2, until: Temporal.PlainDate.from('2026-11-23') };
    expect(find([diary()], wish)).toEqual(['2026-11-23T15:00', '2026-11-23T15:30']);
  });

  it('fall on the wished days alone', () => {
    expect(find([diary()], { days: [2, 4], limit: 3 })).toEqual([
      '2026-11-24T09:00',
      '2026-11-26T09:00',
      '2026-12-01T09:00',
    ]);
  });

  it('spread over three days and over each day', () => {
    expect(find([diary({ ownHours: every('09:00', '11:00') })])).toEqual([
      '2026-11-23T09:00',
      '2026-11-23T10:00',
      '2026-11-24T09:00',
      '2026-11-24T10:00',
      '2026-11-25T09:00',
      '2026-11-25T10:00',
    ]);
  });

  it('name the first practitioner who is free at that moment', () => {
    const busy = [{ startsAt: instant('2026-11-23T16:00:00Z'), endsAt: instant('2026-11-23T16:30:00Z') }];
    const both = [diary({ busy }), diary({ practitionerId: 'p2', practitionerName: 'Amanda Wilson' })];
    const day = Temporal.PlainDate.from('2026-11-23');
    const times = freeTimes({ diaries: both, minutes: 30, now: monday8, wish: { until: day }, limit: 100 });
    expect(times.slice(0, 2).map(({ practitionerId }) => practitionerId)).toEqual(['p2', 'p1']);
    expect(new Set(times.map(({ startsAt }) => startsAt.toString())).size).toBe(times.length);
  });

  it('step by a quarter of an hour for short visits', () => {
    expect(
      find([diary({ ownHours: every('09:00', '10:00') })], {
        minutes: 15,
        limit: 4,
        days: [1],
        until: Temporal.PlainDate.from('2026-11-23'),
      }),
    ).toEqual(['2026-11-23T09:00', '2026-11-23T09:15', '2026-11-23T09:30', '2026-11-23T09:45']);
  });

  it('are none when nobody does the service, or the wish cannot be met within the horizon', () => {
    expect(find([])).toEqual([]);
    expect(find([diary()], { fromMinute: 20 * 60 })).toEqual([]);
  });
});

describe('on a day when the clock jumps', () => {
  const newYork = diary({
    timeZone: 'America/New_York',
    locationHours: every('00:30', '04:30'),
    ownHours: every('00:30', '04:30'),
  });
  const on = (date: string, now: string) =>
    find([newYork], {
      now: instant(now),
      limit: 50,
      minutes: 30,
      from: Temporal.PlainDate.from(date),
      until: Temporal.PlainDate.from(date),
    }).map((time) => time.slice(11));

  it('offers no hour that does not exist', () => {
    expect(on('2027-03-14', '2027-03-13T17:00:00Z')).toEqual(['00:30', '01:00', '01:30', '03:00', '03:30', '04:00']);
  });

  it('offers the hour that comes twice as the two hours that it is', () => {
    expect(on('2026-11-01', '2026-10-31T17:00:00Z')).toEqual([
      '00:30',
      '01:00',
      '01:30',
      '01:00',
      '01:30',
      '02:00',
      '02:30',
      '03:00',
      '03:30',
      '04:00',
    ]);
  });
});

describe('whatever the hours, the zone, the visits and the wish', () => {
  const zones = [
    'America/Phoenix',
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'UTC',
  ];
  const time = fc
    .integer({ min: 0, max: 95 })
    .map((quarter) => Temporal.PlainTime.from({ hour: Math.floor(quarter / 4), minute: (quarter % 4) * 15 }));
  const hours = fc.uniqueArray(
    fc
      .record({ weekday: fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>, opens: time, closes: time })
      .filter(({ opens, closes }) => Temporal.PlainTime.compare(opens, closes) < 0),
    { selector: ({ weekday }) => weekday, maxLength: 7 },
  );
  // Around both changes of the clock in most zones.
  const now = fc.oneof(
    fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => instant('2026-10-18T00:00:00Z').add({ minutes })),
    fc.integer({ min: 0, max: 30 * 24 * 60 }).map((minutes) => instant('2027-03-07T00:00:00Z').add({ minutes })),
  );
  const scene = now.chain((at) =>
    fc.record({
      now: fc.constant(at),
      minutes: fc.constantFrom(15, 30, 45, 60, 90),
      limit: fc.integer({ min: 1, max: 8 }),
      wish: fc.record({
        fromMinute: fc.integer({ min: 0, max: 1200 }),
        untilMinute: fc.integer({ min: 600, max: 1440 }),
        days: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const),
      }),
      diaries: fc
        .array(
          fc.record({
            practitionerName: fc.constant('P'),
            timeZone: fc.constantFrom(...zones),
            locationHours: hours,
            ownHours: hours,
            busy: fc.array(
              fc
                .tuple(fc.integer({ min: 0, max: 14 * 24 * 60 }), fc.integer({ min: 5, max: 400 }))
                .map(([from, length]): Stretch => ({
                  startsAt: at.add({ minutes: from }),
                  endsAt: at.add({ minutes: from + length }),
                })),
              { maxLength: 30 },
            ),
          }),
          { minLength: 1, maxLength: 3 },
        )
        .map((diaries) => diaries.map((d, n) => ({ ...d, practitionerId: `p${n}` }))),
    }),
  );

  /** A wall time that the clock skips that night is the moment to which it jumps. */
  const momentOf = (day: Temporal.ZonedDateTime, time: Temporal.PlainTime) =>
    day.toPlainDate().toZonedDateTime({ timeZone: day.timeZoneId, plainTime: time }).epochMilliseconds;

  it('every offered time is ahead, wished for, inside both hours, and free', () => {
    fc.assert(
      fc.property(scene, ({ diaries, minutes, now: at, wish, limit }) => {
        const times = freeTimes({ diaries, minutes, now: at, wish, limit });
        expect(times.length).toBeLessThanOrEqual(limit);
        for (const offered of times) {
          const own = diaries.find(({ practitionerId }) => practitionerId === offered.practitionerId);
          if (own === undefined) throw new Error('nobody has such a diary');
          const start = offered.startsAt.toZonedDateTimeISO(own.timeZone);
          const end = offered.endsAt.toZonedDateTimeISO(own.timeZone);
          expect(offered.startsAt.until(offered.endsAt).total('minutes')).toBe(minutes);
          expect(Temporal.Instant.compare(offered.startsAt, at.add({ hours: 1 }))).toBeGreaterThanOrEqual(0);
          expect(start.toPlainDate()).toEqual(end.toPlainDate());
          for (const working of [own.locationHours, own.ownHours]) {
            const day = working.find(({ weekday }) => weekday === start.dayOfWeek);
            if (day === undefined) throw new Error('closed that day');
            expect(offered.startsAt.epochMilliseconds).toBeGreaterThanOrEqual(momentOf(start, day.opens));
            expect(offered.endsAt.epochMilliseconds).toBeLessThanOrEqual(momentOf(start, day.closes));
          }
          const minute = start.hour * 60 + start.minute;
          expect(minute >= wish.fromMinute && minute < wish.untilMinute).toBe(true);
          expect(wish.days.length === 0 || wish.days.includes(start.dayOfWeek as Weekday)).toBe(true); // ISO: 1 to 7
          expect(own.busy.some((taken) => overlaps(taken, offered))).toBe(false);
          expect(isFree(own, offered)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});
