/** So often a code may be sent within a day, and so long after the last one. */
export const codesPerDay = 5;
const betweenCodes = Temporal.Duration.from({ minutes: 1 });
const day = Temporal.Duration.from({ hours: 24 });
/** So often a wrong code may be entered before a new one must be sent. */
const triesPerCode = 5;

export type CodesSent = { count: number; lastAt: Temporal.Instant | null };

/** Whether another code may be sent now, and if not, when. Counts start anew a day after the last one. */
export function maySendCode(
  { count, lastAt }: CodesSent,
  now: Temporal.Instant,
): { kind: 'yes'; count: number } | { kind: 'wait'; until: Temporal.Instant } {
  if (lastAt === null) return { kind: 'yes', count: 1 };
  // A moment that is yet to come is of a clock that was wrong, and nobody waits for it.
  if (Temporal.Instant.compare(lastAt, now.add(betweenCodes)) > 0) {
    return { kind: 'yes', count: Math.min(count + 1, codesPerDay) };
  }
  const tomorrow = lastAt.add(day);
  if (Temporal.Instant.compare(tomorrow, now) <= 0) return { kind: 'yes', count: 1 };
  if (count >= codesPerDay) return { kind: 'wait', until: tomorrow };
  const until = lastAt.add(betweenCodes);
  return Temporal.Instant.compare(until, now) <= 0 ? { kind: 'yes', count: count + 1 } : { kind: 'wait', until };
}

export type CodeTries = { sentAt: Temporal.Instant | null; tries: number };

/** Whether a code may be tried, and how many tries are left after this one. */
export function mayTryCode({
  sentAt,
  tries,
}: CodeTries): { kind: 'yes'; triesLeft: number } | { kind: 'no-code' } | { kind: 'no-tries-left' } {
  if (sentAt === null) return { kind: 'no-code' };
  return tries >= triesPerCode ? { kind: 'no-tries-left' } : { kind: 'yes', triesLeft: triesPerCode - tries - 1 };
}
