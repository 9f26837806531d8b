import type { Id } from '@frontdesk/kernel';
import { overlaps, type FreeTime, type Stretch, type Weekday } from './appointment.ts';
import { spreadOverDays } from './spread-over-days.ts';

/** Wall time of the location, from `opens` until `closes` on one weekday. */
export type WorkingHours = { weekday: Weekday; opens: Temporal.PlainTime; closes: Temporal.PlainTime };

/** A practitioner who does the service: where and when they work, and when they are taken. */
export type Diary = {
  practitionerId: Id;
  practitionerName: string;
  timeZone: string;
  locationHours: readonly WorkingHours[];
  ownHours: readonly WorkingHours[];
  /** Confirmed visits, and holds that have not run out. */
  busy: readonly Stretch[];
};

/** What suits the person, in local days and minutes of the location. */
export type Wish = {
  /** First and last day, both included. */
  from?: Temporal.PlainDate | undefined;
  until?: Temporal.PlainDate | undefined;
  days?: readonly Weekday[] | undefined;
  /** A visit starts at this minute of the day or later. */
  fromMinute?: number | undefined;
  /** A visit starts before this minute of the day; it may end after it. */
  untilMinute?: number | undefined;
};

export type FreeTimesRequest = {
  diaries: readonly Diary[];
  minutes: number;
  now: Temporal.Instant;
  wish: Wish;
  limit: number;
};

/** Nothing is offered that starts sooner than this. */
const leadTime = Temporal.Duration.from({ hours: 1 });
const horizonDays = 90;
const daysToSpreadOver = 3;
const shortVisitMinutes = 15;

/** Free times that suit, soonest days first, spread over a few days; at one moment the first practitioner who is free. */
export function freeTimes({ diaries, minutes, now, wish, limit }: FreeTimesRequest): FreeTime[] {
  const days = new Map<string, FreeTime[]>();
  for (const date of datesToSearch(diaries, now, wish)) {
    if (days.size === Math.min(limit, daysToSpreadOver)) break;
    const times = firstAtEachMoment(diaries.flatMap((diary) => freeTimesOn(date, { diary, minutes, now, wish })));
    if (times.length > 0) days.set(date.toString(), times);
  }
  return spreadOverDays([...days.values()], limit);
}

/** Whether the practitioner works through the whole stretch and is not taken in it. */
export function isFree(diary: Diary, stretch: Stretch): boolean {
  const date = stretch.startsAt.toZonedDateTimeISO(diary.timeZone).toPlainDate();
  return (
    openStretches(diary, date).some((open) => within(stretch, open)) && !diary.busy.some((b) => overlaps(b, stretch))
  );
}

function* datesToSearch(diaries: readonly Diary[], now: Temporal.Instant, { from, until, days }: Wish) {
  const todays = diaries.map(({ timeZone }) => now.toZonedDateTimeISO(timeZone).toPlainDate());
  const [today] = todays.toSorted((a, b) => Temporal.PlainDate.compare(a, b));
  if (today === undefined) return;
  const end = earlier(until ?? today.add({ days: horizonDays }), today.add({ days: horizonDays }));
  let date = from !== undefined && Temporal.PlainDate.compare(from, today) > 0 ? from : today;
  for (; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) {
    if (days === undefined || days.length === 0 || days.includes(weekdayOf(date))) yield date;
  }
}

function freeTimesOn(
  date: Temporal.PlainDate,
  { diary, minutes, now, wish }: { diary: Diary; minutes: number; now: Temporal.Instant; wish: Wish },
): FreeTime[] {
  const { practitionerId, practitionerName } = diary;
  const earliest = now.add(leadTime);
  const free: FreeTime[] = [];
  for (const open of openStretches(diary, date)) {
    for (const startsAt of startsWithin(open, diary.timeZone, minutes <= shortVisitMinutes ? 15 : 30)) {
      const time = { practitionerId, practitionerName, startsAt, endsAt: startsAt.add({ minutes }) };
      if (
        Temporal.Instant.compare(startsAt, earliest) >= 0 &&
        suits(startsAt.toZonedDateTimeISO(diary.timeZone), wish) &&
        within(time, open) &&
        !diary.busy.some((taken) => overlaps(taken, time))
      ) {
        free.push(time);
      }
    }
  }
  return free;
}

/** When both the location is open and the practitioner is there. */
function openStretches({ locationHours, ownHours, timeZone }: Diary, date: Temporal.PlainDate): Stretch[] {
  const today = ({ weekday }: WorkingHours) => weekday === weekdayOf(date);
  const at = (time: Temporal.PlainTime) => date.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
  return locationHours.filter(today).flatMap((location) =>
    ownHours
      .filter(today)
      .map((own) => ({
        startsAt: at(laterTime(location.opens, own.opens)),
        endsAt: at(earlierTime(location.closes, own.closes)),
      }))
      .filter(({ startsAt, endsAt }) => Temporal.Instant.compare(startsAt, endsAt) < 0),
  );
}

/** Starts on the clock's own grid (9:00, 9:30), whatever the clock does that day. */
function* startsWithin({ startsAt, endsAt }: Stretch, timeZone: string, stepMinutes: number) {
  const opens = startsAt.toZonedDateTimeISO(timeZone);
  const sinceGrid = opens.minute % stepMinutes;
  let start = sinceGrid === 0 ? opens : opens.add({ minutes: stepMinutes - sinceGrid });
  for (; Temporal.Instant.compare(start.toInstant(), endsAt) < 0; start = start.add({ minutes: stepMinutes })) {
    yield start.toInstant();
  }
}

function suits(start: Temporal.ZonedDateTime, { fromMinute = 0, untilMinute = 24 * 60 }: Wish): boolean {
  const minute = start.hour * 60 + start.minute;
  return minute >= fromMinute && minute < untilMinute;
}

function firstAtEachMoment(times: readonly FreeTime[]): FreeTime[] {
  const first = new Map<number, FreeTime>();
  for (const time of times) {
    const moment = time.startsAt.epochMilliseconds;
    if (!first.has(moment)) first.set(moment, time);
  }
  return [...first.values()].toSorted((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt));
}

function within(inner: Stretch, outer: Stretch): boolean {
  return (
    Temporal.Instant.compare(inner.startsAt, outer.startsAt) >= 0 &&
    Temporal.Instant.compare(inner.endsAt, outer.endsAt) <= 0
  );
}

function weekdayOf(date: Temporal.PlainDate): Weekday {
  return date.dayOfWeek as Weekday; // ISO calendar: 1 to 7
}

const earlier = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b);
const earlierTime = (a: Temporal.PlainTime, b: Temporal.PlainTime) => (Temporal.PlainTime.compare(a, b) <= 0 ? a : b);
const laterTime = (a: Temporal.PlainTime, b: Temporal.PlainTime) => (Temporal.PlainTime.compare(a, b) >= 0 ? a : b);
