import { Problem, wrongField } from '../contract/problems.ts';

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

/** Why a code was not taken that a phone was sent. */
export function codeNotTaken(
  answer: { kind: 'wrong'; triesLeft: number } | { kind: 'no-tries-left' } | { kind: 'no-code' },
): Problem {
  switch (answer.kind) {
    case 'wrong':
      return wrongField(
        '/code',
        `it is not the code; ${answer.triesLeft} tries are left`,
        answer.triesLeft > 0 ? 'give the newest code as it came' : 'have another code sent',
      );
    case 'no-tries-left':
      return new Problem('conflict', 'No tries are left for this code: have another one sent.');
    case 'no-code':
      return new Problem('conflict', 'No code was sent yet: have one sent first.');
  }
}
