import { Problem } from '../contract/problems.ts';

/** No other code yet: after a lost answer the one that was asked for may be on its way. */
export function tooManyCodes({ until }: { until: Temporal.Instant }, now: Temporal.Instant): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(until.since(now).total('seconds')));
  const why =
    retryAfterSeconds > 60
      ? 'No more codes can be sent there today.'
      : 'A code was asked for just now, and may be on its way.';
  return new Problem('too-many-requests', `${why} Wait ${retryAfterSeconds} seconds before the next.`, {
    retryAfterSeconds,
  });
}
