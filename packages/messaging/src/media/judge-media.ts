import type { Random } from '@frontdesk/kernel';
import { retryDelay, type RetryPolicy } from '../retry-delay.ts';
import type { FetchOutcome } from './media-ports.ts';

/** What becomes of a file's row after a try. */
export type MediaVerdict =
  | { state: 'stored'; contentType: string; bytes: number }
  | { state: 'refused' | 'gone'; reason: string }
  | { state: 'queued'; reason: string; nextAttemptAt: Temporal.Instant };

/** About a day of tries, after which a carrier that still has no answer will have none. */
export const mediaRetries: RetryPolicy = { baseMs: 5_000, capMs: 3_600_000, maxAttempts: 50 };

/** Judges a try that brought no file. */
export function judgeMiss(
  outcome: Exclude<FetchOutcome, { kind: 'fetched' }>,
  { attempt, now }: { attempt: number; now: Temporal.Instant },
  { retry, random }: { retry: RetryPolicy; random: Random },
): MediaVerdict {
  if (outcome.kind !== 'retryable') return { state: outcome.kind, reason: outcome.reason };
  const { code, retryAfterMs } = outcome;
  if (attempt >= retry.maxAttempts)
    return { state: 'gone', reason: `it could not be had in ${attempt} tries (${code})` };
  const delay = retryDelay({ attempt, ...(retryAfterMs !== undefined && { retryAfterMs }) }, retry, random);
  return { state: 'queued', reason: code, nextAttemptAt: now.add(delay) };
}
