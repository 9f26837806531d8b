/** A legal holiday: a day of the year, the nth weekday of a month (-1 is the last) or days after it, or days after Easter. */
type Holiday =
  | { name: string; month: number; day: number }
  | { name: string; month: number; weekday: number; nth: number; daysAfter?: number }
  | { name: string; afterEaster: number };

const monday = 1;
const thursday = 4;

const federal: readonly Holiday[] = [
  { name: 'New Year’s Day', month: 1, day: 1 },
  { name: 'Martin Luther King Jr. Day', month: 1, weekday: monday, nth: 3 },
  { name: 'Presidents’ Day', month: 2, weekday: monday, nth: 3 },
  { name: 'Memorial Day', month: 5, weekday: monday, nth: -1 },
  { name: 'Juneteenth', month: 6, day: 19 },
  { name: 'Independence Day', month: 7, day: 4 },
  { name: 'Labor Day', month: 9, weekday: monday, nth: 1 },
  { name: 'Columbus Day', month: 10, weekday: monday, nth: 2 },
  { name: 'Veterans Day', month: 11, day: 11 },
  { name: 'Thanksgiving', month: 11, weekday: thursday, nth: 4 },
  { name: 'Christmas Day', month: 12, day: 25 },
];

/** What a state keeps besides. */
const ofState: Record<string, readonly Holiday[]> = {
  AL: [
    { name: 'Mardi Gras', afterEaster: -47 },
    { name: 'Confederate Memorial Day', month: 4, weekday: monday, nth: 4 },
    { name: 'Jefferson Davis’ birthday', month: 6, weekday: monday, nth: 1 },
  ],
  LA: [
    { name: 'Mardi Gras', afterEaster: -47 },
    { name: 'Good Friday', afterEaster: -2 },
    { name: 'the day after Thanksgiving', month: 11, weekday: thursday, nth: 4, daysAfter: 1 },
    { name: 'the day after Christmas', month: 12, day: 26 },
  ],
  MS: [{ name: 'Confederate Memorial Day', month: 4, weekday: monday, nth: -1 }],
  PA: [{ name: 'Good Friday', afterEaster: -2 }],
  RI: [{ name: 'Victory Day', month: 8, weekday: monday, nth: 2 }],
  UT: [{ name: 'Pioneer Day', month: 7, day: 24 }],
};

/** Whether a state keeps the day as a holiday, or keeps it for one that falls on a weekend. */
export function isHoliday(date: Temporal.PlainDate, state: string): boolean {
  const holidays = [...federal, ...(ofState[state] ?? [])];
  const kept = (day: Temporal.PlainDate) => holidays.some((holiday) => fallsOn(holiday, day));
  if (kept(date)) return true;
  if (date.dayOfWeek === 5) return kept(date.add({ days: 1 }));
  return date.dayOfWeek === monday && kept(date.subtract({ days: 1 }));
}

function fallsOn(holiday: Holiday, date: Temporal.PlainDate): boolean {
  if ('afterEaster' in holiday) return date.equals(easter(date.year).add({ days: holiday.afterEaster }));
  if ('day' in holiday) return holiday.month === date.month && holiday.day === date.day;
  const { month, day, dayOfWeek, daysInMonth } = date.subtract({ days: holiday.daysAfter ?? 0 });
  if (month !== holiday.month || dayOfWeek !== holiday.weekday) return false;
  return holiday.nth === -1 ? day + 7 > daysInMonth : Math.ceil(day / 7) === holiday.nth;
}

/** The Gregorian Easter Sunday (Meeus, Jones and Butcher). */
function easter(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - d + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(days / 31), day: (days % 31) + 1 });
}
