import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@frontdesk/db';
import { until, textRequested } from '@frontdesk/testkit';
import { before, heldHandler, setScene, type Scene } from './consumer-scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await setScene();
});
afterEach(() => scene.stopConsumers());
afterAll(() => scene.close());

describe('a handler that takes long', () => {
  it('keeps its message hidden from others past the visibility', async () => {
    const mayEnd = Promise.withResolvers<void>();
    let runs = 0;
    const slow = before(async () => {
      runs += 1;
      await mayEnd.promise;
    });
    const event = textRequested(scene.orgId);
    await scene.submit(event);
    scene.startConsumer(slow, { visibilitySeconds: 1 });
    scene.startConsumer(slow, { visibilitySeconds: 1 });
    await until('the first run', () => runs > 0);
    const began = performance.now();
    await until('two visibilities later', () => performance.now() - began > 2_200);
    expect(runs).toBe(1);
    mayEnd.resolve();
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });

  it('is waited for by a stop, and then its message is gone', async () => {
    const held = heldHandler();
    const event = textRequested(scene.orgId);
    await scene.submit(event);
    const consumer = scene.startConsumer(held.handler);
    await held.begun;
    const stopped = consumer.stop();
    held.end();
    await stopped;
    expect(await scene.effectsOf(event)).toEqual([event.id]);
    expect(await scene.queues.depth('messaging.fifo')).toBe(0);
  });

  it('loses its message to another instance when the stop cannot wait any longer', async () => {
    const held = heldHandler();
    const event = textRequested(scene.orgId);
    await scene.submit(event);
    const consumer = scene.startConsumer(held.handler, { stopWithinMs: 50 });
    await held.begun;
    await consumer.stop();
    scene.startConsumer();
    await scene.queueIsEmpty();
    held.end();
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });
});

describe('while Postgres is away', () => {
  it('no message is taken up after the poll that was under way, so that none uses up its tries', async () => {
    let isAway = true;
    let pings = 0;
    let tries = 0;
    const away: Database = {
      ...scene.database,
      inTenant: (org, work) => {
        if (isAway) throw new Error('connection refused');
        return scene.database.inTenant(org, work);
      },
      ping: async () => {
        pings += 1;
        if (isAway) throw new Error('connection refused');
      },
    };
    const first = textRequested(scene.orgId);
    await scene.submit(first);
    scene.startConsumer(
      before(() => {
        tries += 1;
      }),
      { database: away },
    );
    await until('three looks at the database', () => pings > 2);
    expect(tries).toBeLessThanOrEqual(2);
    isAway = false;
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(first)).toEqual([first.id]);
  });
});
