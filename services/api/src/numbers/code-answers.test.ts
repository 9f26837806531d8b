import { describe, expect, it } from '@jest/globals';
import { Problem } from '../contract/problems.ts';
import { sentCode, takenCode } from './code-answers.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');

function refusal(ask: () => unknown): Problem {
  try {
    ask();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('it was not refused');
}

describe('a code', () => {
  it.each([
    [{ minutes: 1 }, 60, 'A code was asked for just now, and may be on its way. Wait 60 seconds'],
    [{ minutes: 40 }, 2_400, 'No more codes go to this phone for now. Wait 2400 seconds'],
    [{ seconds: -1 }, 1, 'Wait 1 seconds'],
  ])('that may be sent in %j says how long to wait, and why', (ahead, retryAfterSeconds, words) => {
    const waits = { kind: 'wait', until: now.add(ahead) } as const;
    const problem = refusal(() => sentCode(waits, { sender: 'carrier', now }));
    expect(problem).toMatchObject({
      code: 'too-many-requests',
      retryAfterSeconds,
      message: expect.stringContaining(words),
    });
  });

  it.each([
    [4, '4 tries are left', /newest code/],
    [1, '1 try is left', /newest code/],
    [0, '0 tries are left', /another code sent/],
  ])('that is wrong with %d tries left says so, and what to do', (triesLeft, words, mend) => {
    const { errors } = refusal(() => takenCode({ kind: 'wrong', triesLeft }, { taker: 'carrier' }));
    expect(errors).toEqual([
      { pointer: '#/code', detail: expect.stringContaining(words), mend: expect.stringMatching(mend) },
    ]);
  });
});
