import { describe, expect, it } from '@jest/globals';
import { Conflict, InvalidMessage, NotFound, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { dispositionOf } from './disposition.ts';

describe('what becomes of a message whose handler failed', () => {
  it.each([new InvalidMessage('no'), new NotFound('no'), new PermanentFailure('no')])(
    'is parked at once: %s',
    (error) => {
      expect(dispositionOf(error, 1, 5)).toEqual({ kind: 'park', reason: `${error.kind}: no` });
    },
  );

  it.each([new TransientFailure('busy'), new Conflict('changed'), new TypeError('bug'), 'thrown text', undefined])(
    'is tried again: %s',
    (error) => {
      expect(dispositionOf(error, 4, 5)).toEqual({ kind: 'retry' });
    },
  );

  it('is parked after the last try, with what went wrong', () => {
    expect(dispositionOf(new TransientFailure('busy'), 5, 5)).toEqual({
      kind: 'park',
      reason: 'failed 5 times, at last with transient: busy',
    });
  });

  it('says only the kind of an error that nobody foresaw, since its message may quote a row', () => {
    const error = Object.assign(new Error('key (phone)=(+14805550123) exists'), { code: '23505' });
    expect(dispositionOf(error, 5, 5)).toEqual({
      kind: 'park',
      reason: 'failed 5 times, at last with unforeseen: Error 23505',
    });
  });
});
