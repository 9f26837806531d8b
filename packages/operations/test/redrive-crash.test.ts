import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { newId, systemClock } from '@frontdesk/kernel';
import { listDeadLetters, redriveDeadLetters } from '@frontdesk/operations';
import { until, textRequested } from '@frontdesk/testkit';
import fc from 'fast-check';
import { setDeadLetterScene, type DeadLetterScene } from './dead-letter-scene.ts';

let scene: DeadLetterScene;
beforeAll(async () => {
  scene = await setDeadLetterScene();
});
afterEach(() => scene.empty());
afterAll(() => scene.close());

const parts = () => ({ sqs: scene.queues.sqs, database: scene.operators });
const redriveAll = (onBack: (letters: number) => void = () => {}) =>
  redriveDeadLetters({ ...parts(), filter: {}, operator: 'ada', clock: systemClock, perSecond: 1_000, onBack });

describe('a redrive that dies half way', () => {
  it.each(['redrive.before-delete', 'redrive.before-publish'])(
    'at %s and is run again has every message handled exactly once',
    async (failpoint) => {
      const events = Array.from({ length: 4 }, () => textRequested(scene.orgId));
      const group = newId();
      for (const event of events.slice(0, 2)) await scene.kill(event, group);
      for (const event of events.slice(2)) await scene.park(event);
      const program = new URL('./crashing-redrive-process.ts', import.meta.url).pathname;
      const settings = [scene.postgres.operatorUrl, scene.queues.endpoint, failpoint];
      const dying = spawn(process.execPath, [program, ...settings], { stdio: ['ignore', 'inherit', 'inherit'] });
      const [, signal] = (await once(dying, 'exit')) as [number | null, NodeJS.Signals]; // of 'exit'
      expect(signal).toBe('SIGKILL');
      await until('what died with it to show again and go back', async () => {
        await redriveAll();
        return (await scene.queues.depth('messaging-dlq.fifo')) === 0;
      });
      expect(await scene.handledTimes(events)).toEqual([1, 1, 1, 1]);
    },
    120_000,
  );

  it('anywhere, any number of times, loses nothing and doubles nothing', async () => {
    const messages = fc.array(fc.record({ place: fc.constantFrom('parked', 'killed'), group: fc.nat(2) }), {
      minLength: 1,
      maxLength: 12,
    });
    const crashes = fc.array(fc.nat(6), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(messages, crashes, fc.boolean(), async (wanted, crashesAfter, handledBetween) => {
        const groups = [newId(), newId(), newId()];
        const events = wanted.map(() => textRequested(scene.orgId));
        for (const [n, { place, group }] of wanted.entries()) {
          const event = events[n] ?? textRequested(scene.orgId);
          await (place === 'parked' ? scene.park(event) : scene.kill(event, groups[group]));
        }
        for (const after of crashesAfter) {
          let batches = 0;
          await redriveAll(() => {
            if (batches++ === after) throw new Error('crash');
          }).catch(() => {});
          if (handledBetween) await scene.handledTimes([]);
        }
        await redriveAll();
        expect(await scene.handledTimes(events)).toEqual(events.map(() => 1));
        expect((await listDeadLetters(parts(), {}, 50)).letters).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
