import { describe, expect, it } from '@jest/globals';
import { PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { findOrSubmit } from './registry-hand.ts';

const no = async (): Promise<string> => {
  throw new PermanentFailure('it was submitted before.');
};
/** A list that shows it from the nth look on. */
function listFrom(nth: number) {
  let looks = 0;
  return async () => (++looks < nth ? null : 'the one of before');
}

describe('what is submitted to the registry', () => {
  it('is found and not submitted where an earlier try came through', async () => {
    expect(await findOrSubmit({ tries: 1 }, listFrom(1), no)).toEqual({ standing: 'the one of before', no: null });
  });

  it('is taken for what it is when the list shows it only after the no', async () => {
    expect(await findOrSubmit({ tries: 1 }, listFrom(2), no)).toEqual({ standing: 'the one of before', no: null });
  });

  it('waits while the no may be about a try whose answer was lost', async () => {
    await expect(findOrSubmit({ tries: 1 }, listFrom(9), no)).rejects.toBeInstanceOf(TransientFailure);
  });

  it.each([0, 10])('is turned away when %s looks before were in vain', async (tries) => {
    expect(await findOrSubmit({ tries }, listFrom(9), no)).toEqual({ standing: null, no: 'it was submitted before.' });
  });
});
