/** So many days before a token expires staff are told. */
const warnings = [14, 3, 0] as const;
export type ExpiryWarning = (typeof warnings)[number];

const aDay = Temporal.Duration.from({ hours: 24 });

/** The warning that is due now, the latest if several are. Null: the token lives longer, or for good. */
export function warningDue(expiresAt: Temporal.Instant | null, now: Temporal.Instant): ExpiryWarning | null {
  if (expiresAt === null) return null;
  return warnings.findLast((days) => Temporal.Instant.compare(before(expiresAt, days), now) <= 0) ?? null;
}

/** When a sender that works is looked at again: after a day, or when the next warning is due. */
export function nextDailyLook(expiresAt: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant {
  const tomorrow = now.add(aDay);
  const moments = expiresAt === null ? [] : warnings.map((days) => before(expiresAt, days));
  const ahead = moments.filter((moment) => Temporal.Instant.compare(moment, now) > 0);
  return [tomorrow, ...ahead].reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b));
}

const before = (expiresAt: Temporal.Instant, days: number) => expiresAt.subtract({ hours: 24 * days });
