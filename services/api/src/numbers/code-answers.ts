import { z } from 'zod';
import { Problem, wrongField } from '../contract/problems.ts';

/** What the contracts of all routes have in common that send or take a code. */
export const askingForCode = {
  asksVendor: true,
  problems: ['not-found', 'conflict', 'not-connected', 'vendor-refused'],
} as const;

export const verifiedSchema = z.strictObject({
  verified: z.literal(true).meta({ description: 'always true: a code that is not taken is refused with the reason' }),
});

type Sent =
  | { kind: 'sent'; leftToday: number }
  | { kind: 'verified' }
  | { kind: 'wait'; until: Temporal.Instant }
  | { kind: 'refused'; reason: string };

/** What is told of a code that was to be sent by `sender`. @throws Problem when none was */
export function sentCode(
  answer: Sent,
  { sender, now }: { sender: string; now: Temporal.Instant },
): { sent: boolean; leftToday: number } {
  switch (answer.kind) {
    case 'sent':
      return { sent: true, leftToday: answer.leftToday };
    case 'verified':
      return { sent: false, leftToday: 0 };
    case 'wait':
      throw tooManyCodes(answer.until, now);
    case 'refused':
      throw new Problem('vendor-refused', `The ${sender} sends no code: ${answer.reason}`);
  }
}

type Taken =
  | { kind: 'verified' }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'no-tries-left' }
  | { kind: 'no-code' }
  | { kind: 'refused'; reason: string };

/** What is told of a code that was given to `taker`. @throws Problem when it was not taken */
export function takenCode(answer: Taken, { taker }: { taker: string }): z.input<typeof verifiedSchema> {
  switch (answer.kind) {
    case 'verified':
      return { verified: true };
    case 'wrong':
      throw wrongField(
        '/code',
        `it is not the code; ${answer.triesLeft === 1 ? '1 try is' : `${answer.triesLeft} tries are`} left`,
        answer.triesLeft > 0 ? 'give the newest code as it came' : 'have another code sent',
      );
    case 'no-tries-left':
      throw new Problem('conflict', 'No tries are left for this code: have another one sent.');
    case 'no-code':
      throw new Problem('conflict', 'No code was sent yet: have one sent first.');
    case 'refused':
      throw new Problem('vendor-refused', `The ${taker} does not take the code: ${answer.reason}`);
  }
}

/** No other code yet: after a lost answer the one that was asked for may be on its way. */
function tooManyCodes(until: Temporal.Instant, now: Temporal.Instant): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(until.since(now).total('seconds')));
  const why =
    retryAfterSeconds > 60
      ? 'No more codes go to this phone for now.'
      : 'A code was asked for just now, and may be on its way.';
  return new Problem('too-many-requests', `${why} Wait ${retryAfterSeconds} seconds before the next.`, {
    retryAfterSeconds,
  });
}
