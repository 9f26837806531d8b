import { afterEach, describe, expect, it } from '@jest/globals';
import { nullLogger } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { createSweep, type Sweep } from './sweep.ts';

const running: Sweep[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((sweep) => sweep.stop()));
});

function startSweep(round: () => Promise<void>): Sweep {
  const sweep = createSweep({ name: 'test', everyMs: 5, sweep: round, logger: nullLogger });
  running.push(sweep);
  sweep.start();
  return sweep;
}

describe('a sweep', () => {
  it('goes on after a round that failed', async () => {
    let rounds = 0;
    startSweep(async () => {
      rounds += 1;
      throw new Error('not now');
    });
    await until('the third round', () => rounds >= 3);
  });

  it('never runs two rounds at once', async () => {
    let busy = 0;
    let most = 0;
    let rounds = 0;
    startSweep(async () => {
      most = Math.max(most, (busy += 1));
      await new Promise((resolve) => setTimeout(resolve, 15));
      busy -= 1;
      rounds += 1;
    });
    await until('three rounds', () => rounds >= 3);
    expect(most).toBe(1);
  });

  it('comes soon again when somebody wakes it, or while a round says that more is to be done', async () => {
    let rounds = 0;
    const anHour = 3_600_000;
    const sweep = createSweep({
      name: 'test',
      everyMs: anHour,
      soonMs: 5,
      sweep: async () => ((rounds += 1) < 3 ? 'soon' : 'later'),
      logger: nullLogger,
    });
    running.push(sweep);
    sweep.start();
    expect(rounds).toBe(0);
    sweep.wake();
    await until('three rounds', () => rounds === 3);
    sweep.wake();
    await until('a fourth', () => rounds === 4);
  });

  it('waits for the round in hand when it stops, and begins no other', async () => {
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let begins = 0;
    const sweep = startSweep(async () => {
      begins += 1;
      begun.resolve();
      await mayEnd.promise;
    });
    await begun.promise;
    let stopped = false;
    const stopping = sweep.stop().then(() => (stopped = true));
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    mayEnd.resolve();
    await stopping;
    expect(begins).toBe(1);
  });
});
