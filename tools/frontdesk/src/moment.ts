import { InvalidArgumentError } from 'commander';

/** A moment with its offset, as people and logs write it: `2026-11-21T08:00:00Z`. */
export function moment(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new InvalidArgumentError('Write it like 2026-11-21T08:00:00Z.');
  }
}
