import type { Claim } from './claim.ts';

/** Words that say a day. */
export type DayClaim = Extract<Claim, { kind: 'day' | 'date' | 'relative-day' }>;

type TimeClaim = Extract<Claim, { kind: 'time' }>;

/** The day that a time belongs to: the nearest before it in the sentence, else the first after it. */
export function dayBeside(time: TimeClaim, claims: readonly Claim[]): DayClaim | null {
  const days = claims.filter(isDay);
  return days.findLast(({ index }) => index < time.index) ?? days.find(({ index }) => index > time.index) ?? null;
}

type TimeOnDay = { minutes: readonly number[]; day: DayClaim | null };

/** The times of a text with their days. A sentence that names no day speaks of the one that was named last, as below "Monday:". */
export function timesWithDays(sentences: readonly (readonly Claim[])[]): TimeOnDay[] {
  let named: DayClaim | null = null;
  return sentences.flatMap((claims) => {
    const before = named;
    named = claims.findLast(isDay) ?? before;
    return timesIn(claims).map(({ minutes, day }) => ({ minutes, day: day ?? before }));
  });
}

/** A day that no time stands beside shares one: "Monday or Tuesday at noon". */
function timesIn(claims: readonly Claim[]): TimeOnDay[] {
  const times = claims.filter((claim) => claim.kind === 'time');
  const beside = times.map((time) => ({ minutes: time.minutes, day: dayBeside(time, claims) }));
  const alone = claims.filter(isDay).filter((day) => !beside.some((time) => time.day === day));
  const shared = alone.flatMap((day) => {
    const time = times.findLast(({ index }) => index < day.index) ?? times[0];
    return time === undefined ? [] : [{ minutes: time.minutes, day }];
  });
  return [...beside, ...shared];
}

function isDay(claim: Claim): claim is DayClaim {
  return claim.kind === 'day' || claim.kind === 'date' || claim.kind === 'relative-day';
}

/** Whether the words mean that date. */
export function isOn(day: DayClaim, date: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  switch (day.kind) {
    case 'day':
      return date.dayOfWeek === day.isoDay;
    case 'relative-day':
      return date.equals(today.add({ days: day.daysAhead }));
    case 'date':
      return (
        date.day === day.day &&
        (day.month === null || date.month === day.month) &&
        (day.isoDay === null || date.dayOfWeek === day.isoDay)
      );
  }
}
