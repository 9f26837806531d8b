import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { setDeadline } from './deadline.ts';

const ended = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', resolve));

describe('a deadline', () => {
  it('comes when its time is over', async () => {
    const { signal, isOver } = setDeadline(1);
    await ended(signal);
    expect(isOver()).toBe(true);
  });

  it.each(['before', 'after'])('comes with the signal that it was given, aborted %s it was set', (when) => {
    const given = new AbortController();
    const reason = new Error('enough');
    if (when === 'before') given.abort(reason);
    const { signal, isOver, lift } = setDeadline(60_000, given.signal);
    given.abort(reason);
    expect([signal.reason, isOver()]).toEqual([reason, false]);
    lift();
  });

  it('leaves nothing behind once it is lifted', () => {
    const given = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const { signal, lift } = setDeadline(60_000, given.signal);
    lift();
    given.abort();
    expect([signal.aborted, timers(), getEventListeners(given.signal, 'abort').length]).toEqual([false, before, 0]);
  });
});
