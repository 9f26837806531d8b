import { describe, expect, it } from '@jest/globals';
import { makeSuspects } from './suspects.ts';

describe('rows that were in hand at a crash, more than once', () => {
  it('are handed out one at a time, the oldest first', () => {
    const suspects = makeSuspects();
    suspects.set(['1', '2', '3']);
    expect(suspects.heldBack(new Set())).toEqual(['2', '3']);
    expect(suspects.heldBack(new Set(['1', '9']))).toEqual(['1', '2', '3']);
    suspects.clear('1');
    expect(suspects.heldBack(new Set(['9']))).toEqual(['3']);
  });

  it('hold nothing back when there are none', () => {
    expect(makeSuspects().heldBack(new Set(['1']))).toEqual([]);
  });
});
