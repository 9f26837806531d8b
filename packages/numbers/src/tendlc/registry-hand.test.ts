import { describe, expect, it } from '@jest/globals';
import { AccountFailure, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { findOrSubmit, readKnown } from './registry-hand.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');
const ago = (minutes: number) => now.subtract({ minutes });
const taken = async () => 'a new one';
const refused = async (): Promise<string> => {
  throw new PermanentFailure('it was submitted before.');
};
/** What a list shows at one look after the other. */
const list = (...shown: (string | null)[]) => {
  const left = [...shown];
  return async () => left.shift() ?? null;
};
const old = 'the one of before';

describe('what is submitted to the registry', () => {
  it.each<[string, Temporal.Instant | null, () => Promise<string | null>, () => Promise<string>, unknown]>([
    ['is taken in when it is not there', null, list(null), taken, { standing: 'a new one', no: null }],
    ['is found where an earlier try came through', ago(1), list(old), refused, { standing: old, no: null }],
    ['is found when the list shows it after the no', null, list(null, old), refused, { standing: old, no: null }],
    ['is turned away', null, list(null), refused, { standing: null, no: 'it was submitted before.' }],
    [
      'is submitted again when nothing of an earlier try shows for long',
      ago(10),
      list(null),
      taken,
      { standing: 'a new one', no: null },
    ],
  ])('%s', async (_, askedAt, find, submit, expected) => {
    const noted: string[] = [];
    const heard = await findOrSubmit(
      { askedAt, now },
      { find, submit, noteAsked: async () => void noted.push('asked') },
    );
    expect(heard).toEqual(expected);
  });

  it('waits while the registry does not serve the account, and is turned away with that reason after long', async () => {
    const submit = async (): Promise<string> => {
      throw new AccountFailure('The account has no money.');
    };
    const acts = { find: list(null), submit, noteAsked: async () => {} };
    await expect(findOrSubmit({ askedAt: null, now }, acts)).rejects.toBeInstanceOf(AccountFailure);
    const heard = await findOrSubmit({ askedAt: null, now, isUnservedForLong: true }, acts);
    expect(heard).toEqual({ standing: null, no: 'The account has no money.' });
  });

  it('waits as long as an earlier try may have come through', async () => {
    const acts = { find: list(null), submit: taken, noteAsked: async () => {} };
    await expect(findOrSubmit({ askedAt: ago(9), now }, acts)).rejects.toBeInstanceOf(TransientFailure);
  });

  it('is noted before it is submitted', async () => {
    const order: string[] = [];
    await findOrSubmit(
      { askedAt: null, now },
      {
        find: list(null),
        noteAsked: async () => void order.push('noted'),
        submit: async () => (order.push('submitted'), 'a new one'),
      },
    );
    expect(order).toEqual(['noted', 'submitted']);
  });
});

describe('what the registry is known to have', () => {
  it('is gone only when it has not been there for many looks', async () => {
    await expect(readKnown({ tries: 9 }, list(null))).rejects.toBeInstanceOf(TransientFailure);
    expect(await readKnown({ tries: 10 }, list(null))).toBeNull();
    expect(await readKnown({ tries: 0 }, list(old))).toBe(old);
  });
});
