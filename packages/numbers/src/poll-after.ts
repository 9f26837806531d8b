/** The longest wait between two looks at what a provider makes up its mind about. */
const longestMs = 3_600_000;

/** When to ask again for what was asked for at `since`: after a quarter of the time that it has taken so far, `shortestMs` at least and an hour at most. */
export function pollAfter(since: Temporal.Instant, now: Temporal.Instant, shortestMs = 30_000): Temporal.Instant {
  const taken = now.epochMilliseconds - since.epochMilliseconds;
  return now.add({ milliseconds: Math.min(longestMs, Math.max(shortestMs, Math.round(taken / 4))) });
}
