import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { depositMoves, nextState, type DepositEvent, type DepositState } from './deposit.ts';

const states = Object.keys(depositMoves) as DepositState[]; // the keys of the table are its states
const events: DepositEvent[] = ['link-made', 'link-refused', 'hold-ended', 'hold-given-up', 'paid', 'paid-too-late'];

describe('a deposit', () => {
  it.each([
    ['paid in time', ['link-made', 'paid'], 'paid'],
    ['never paid', ['link-made', 'hold-ended'], 'expired'],
    ['paid late, the time still free', ['link-made', 'hold-ended', 'paid'], 'paid'],
    ['paid late, the time taken', ['link-made', 'hold-ended', 'paid-too-late'], 'paid_without_slot'],
    ['paid for a time that was given up', ['link-made', 'hold-given-up', 'paid-too-late'], 'paid_without_slot'],
    ['without a link', ['link-refused'], 'cancelled'],
  ] as const)('%s', (_, story, end) => {
    expect(story.reduce<DepositState>((state, event) => nextState(state, event) ?? state, 'requested')).toBe(end);
  });

  it('is paid for nothing that was given up, and never before it has a link', () => {
    expect(nextState('cancelled', 'paid')).toBeNull();
    expect(nextState('requested', 'paid')).toBeNull();
  });

  it('keeps money once received, whatever happens in whatever order and however often', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (story) => {
        let state: DepositState = 'requested';
        let received = 0;
        for (const event of story) {
          const next = nextState(state, event);
          if (next === null) continue;
          if (event === 'paid' || event === 'paid-too-late') received += 1;
          state = next;
          expect(states).toContain(state);
        }
        expect(received).toBeLessThanOrEqual(1);
        expect(state === 'paid' || state === 'paid_without_slot').toBe(received === 1);
      }),
    );
  });
});
