import { earlier, type HoursOn } from './day-hours.ts';

/** Whether a text may leave now, at a later instant, or never within the days looked at. */
export type Opening = 'now' | 'never' | Temporal.Instant;

/** No rule closes this many days in a row; whoever waits longer waits for a rule that allows nothing. */
const daysLookedAt = 14;
/** No zone changes its clock more often in so many days. */
const mostChanges = 4;

/**
 * The first instant, not before now, that lies within the hours of every zone. Exact over changes of the clock: hours that
 * are skipped open when the clock has jumped, hours that repeat are open both times.
 */
export function nextAllowed(
  now: Temporal.Instant,
  { zones, hoursOn }: { zones: readonly string[]; hoursOn: HoursOn },
): Opening {
  const allowed = (instant: Temporal.Instant) =>
    zones.every((zone) => isOpen(instant.toZonedDateTimeISO(zone), hoursOn));
  if (allowed(now)) return 'now';
  return (
    zones
      .flatMap((zone) => openings(now.toZonedDateTimeISO(zone), hoursOn))
      .filter((instant) => Temporal.Instant.compare(instant, now) > 0)
      .toSorted((one, other) => Temporal.Instant.compare(one, other))
      .find(allowed) ?? 'never'
  );
}

function isOpen(local: Temporal.ZonedDateTime, hoursOn: HoursOn): boolean {
  const hours = hoursOn(local.toPlainDate());
  if (hours === null) return false;
  const time = local.toPlainTime();
  return !earlier(time, hours.opens) && earlier(time, hours.closes);
}

/** Every instant at which a zone can turn from closed to open: where the hours of a day begin, and where its clock jumps. */
function openings(local: Temporal.ZonedDateTime, hoursOn: HoursOn): Temporal.Instant[] {
  const timeZone = local.timeZoneId;
  const today = local.toPlainDate();
  const instants: Temporal.Instant[] = [];
  for (let days = 0; days <= daysLookedAt; days += 1) {
    const date = today.add({ days });
    const hours = hoursOn(date);
    if (hours === null) continue;
    const begin = date.toPlainDateTime(hours.opens);
    instants.push(
      begin.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).toInstant(),
      begin.toZonedDateTime(timeZone, { disambiguation: 'later' }).toInstant(),
    );
  }
  const last = local.add({ days: daysLookedAt });
  let change = local.getTimeZoneTransition('next');
  for (let changes = 0; change !== null && changes < mostChanges; changes += 1) {
    if (Temporal.ZonedDateTime.compare(change, last) > 0) break;
    instants.push(change.toInstant());
    change = change.getTimeZoneTransition('next');
  }
  return instants;
}
