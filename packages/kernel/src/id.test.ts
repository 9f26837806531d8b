import { describe, expect, it } from '@jest/globals';
import { derivedId, isId, newId } from './id.ts';

describe('an id', () => {
  it('is a UUID that sorts by the time it was made', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(ids.every(isId)).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('follows from its cause, the same each time', () => {
    expect(derivedId('turn:1')).toBe(derivedId('turn:1'));
    expect(derivedId('turn:1')).not.toBe(derivedId('turn:2'));
    expect(isId(derivedId(''))).toBe(true);
  });

  it.each(['', 'conversation', "'; drop table leads; --", '11111111-1111-1111'])('is not %j', (text) => {
    expect(isId(text)).toBe(false);
  });
});
