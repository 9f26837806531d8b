import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { watchThread } from './watch-thread.ts';

/** Shows threads without a text, and is silent from then on. */
const emptyPage = {
  async *texts(signal: AbortSignal) {
    yield [];
    await after(600_000, undefined, { signal });
  },
};

describe('what is done in a thread', () => {
  const withinMs = 1;

  it('has all the time that it takes, and tells when it could not be done', async () => {
    const act = async () => {
      await after(20 * withinMs);
      throw new Error('The payment page answered 500.');
    };
    await expect(watchThread(emptyPage, 'ana', { act, withinMs })).rejects.toThrow('answered 500');
  });

  it('need not be answered', async () => {
    expect(await watchThread(emptyPage, 'ana', { act: async () => {}, withinMs })).toEqual({ thread: [], answers: [] });
  });

  it('cannot be done where no thread is shown', async () => {
    const silentPage = { async *texts() {} };
    await expect(watchThread(silentPage, 'ana', { act: async () => {}, withinMs })).rejects.toThrow('does not show');
  });
});
