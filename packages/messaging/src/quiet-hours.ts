const opens = Temporal.PlainTime.from('08:00');
const closes = Temporal.PlainTime.from('21:00');

/** When a text that must not disturb may leave: null for now, else the next opening of the window of 8:00 to 21:00. */
export function endOfQuietHours(now: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  const local = now.toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime();
  const before = Temporal.PlainTime.compare(time, opens) < 0;
  if (!before && Temporal.PlainTime.compare(time, closes) < 0) return null;
  const day = local.toPlainDate().add({ days: before ? 0 : 1 });
  return day.toZonedDateTime({ timeZone, plainTime: opens }).toInstant();
}
