import { fullJitter, type Random } from '@frontdesk/kernel';

export type RetryPolicy = { baseMs: number; capMs: number; maxAttempts: number };

const longestWaitAskedFor = 15 * 60_000;

/**
 * How long after try `attempt` the next one starts: full jitter, on top of what the carrier asked for (Retry-After), so
 * that the texts it turned away do not all come back at once.
 */
export function retryDelay(
  { attempt, retryAfterMs = 0 }: { attempt: number; retryAfterMs?: number },
  policy: RetryPolicy,
  random: Random,
): Temporal.Duration {
  const asked = Math.min(retryAfterMs, longestWaitAskedFor);
  return Temporal.Duration.from({ milliseconds: Math.ceil(asked) + fullJitter(attempt, policy, random) });
}
