/**
 * At most `limit` of the times, shared evenly among the days (earlier days first) and spread evenly within each day,
 * in the order in which they came.
 */
export function spreadOverDays<T>(days: readonly (readonly T[])[], limit: number): T[] {
  const counts = days.map(() => 0);
  let left = limit;
  let given = true;
  while (left > 0 && given) {
    given = false;
    days.forEach((times, day) => {
      if (left > 0 && (counts[day] ?? 0) < times.length) {
        counts[day] = (counts[day] ?? 0) + 1;
        left -= 1;
        given = true;
      }
    });
  }
  return days.flatMap((times, day) => evenly(times, counts[day] ?? 0));
}

function evenly<T>(times: readonly T[], count: number): T[] {
  const picked = new Set(Array.from({ length: count }, (_, n) => Math.floor((n * times.length) / count)));
  return times.filter((_, index) => picked.has(index));
}
