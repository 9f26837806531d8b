import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterEvent, isEnded, isPaidFor, orderStates, whatToDo, type OrderEvent } from './order-state.ts';

const events: readonly OrderEvent[] = ['profile-ready', 'bought', 'set-up-begun', 'assigned', 'refused', 'given-back'];

describe('a purchase', () => {
  it.each([
    ['requested', 'profile-ready', 'ordering'],
    ['requested', 'refused', 'failed'],
    ['ordering', 'bought', 'bought'],
    ['ordering', 'refused', 'failed'],
    ['bought', 'set-up-begun', 'configuring'],
    ['bought', 'refused', 'releasing'],
    ['configuring', 'assigned', 'assigned'],
    ['configuring', 'refused', 'releasing'],
    ['releasing', 'given-back', 'released'],
  ] as const)('that is %s becomes, when it is %s, %s', (state, event, next) => {
    expect(afterEvent(state, event)).toBe(next);
  });

  it('knows no other move', () => {
    const known = orderStates.flatMap((state) => events.filter((event) => afterEvent(state, event) !== null));
    expect(known).toHaveLength(9);
  });

  it.each([
    ['assigned', true],
    ['failed', true],
    ['released', true],
    ['requested', false],
    ['ordering', false],
    ['bought', false],
    ['configuring', false],
    ['releasing', false],
  ] as const)('that is %s has ended: %s', (state, ended) => {
    expect(isEnded(state)).toBe(ended);
  });

  it('is, once it was paid for, never forgotten: it ends with a number that is assigned or given back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (happened) => {
        let state: (typeof orderStates)[number] = 'requested';
        let paid = false;
        for (const event of happened) {
          state = afterEvent(state, event) ?? state;
          paid ||= isPaidFor(state);
        }
        if (paid && isEnded(state)) expect(['assigned', 'released']).toContain(state);
        if (state === 'failed') expect(paid).toBe(false);
      }),
    );
  });

  it('says in every state what the clinic may do', () => {
    expect(Object.keys(whatToDo).toSorted()).toEqual(orderStates.toSorted());
  });
});
