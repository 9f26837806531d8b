import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TextRequestedV1 } from '@frontdesk/contracts';
import { newId, TransientFailure } from '@frontdesk/kernel';
import { on } from '@frontdesk/queue';
import { textRequested } from '@frontdesk/testkit';
import { recordEffect, setScene, type Scene } from './consumer-scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await setScene();
});
afterEach(() => scene.stopConsumers());
afterAll(() => scene.close());

describe('an event', () => {
  it('takes effect and leaves the queue', async () => {
    const event = textRequested(scene.orgId);
    await scene.submit(event);
    scene.startConsumer();
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });

  it('takes effect once, however often it comes', async () => {
    const event = textRequested(scene.orgId);
    scene.startConsumer();
    for (let n = 0; n < 5; n += 1) await scene.submit(event);
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });

  it('takes effect each time it comes when the inbox is off', async () => {
    const event = textRequested(scene.orgId);
    scene.startConsumer(recordEffect, { inbox: 'off' });
    for (let n = 0; n < 3; n += 1) await scene.submit(event);
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toHaveLength(3);
  });

  it('takes effect once when two instances get it at the same moment', async () => {
    const event = textRequested(scene.orgId);
    scene.startConsumer();
    scene.startConsumer();
    await Promise.all(Array.from({ length: 6 }, () => scene.submit(event)));
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });

  it('takes effect again when it is replayed under an id of its own', async () => {
    const event = textRequested(scene.orgId);
    scene.startConsumer();
    await scene.submit(event);
    await scene.submit(event, { inboxId: `${event.id}:r1` });
    await scene.submit(event, { inboxId: `${event.id}:r1` });
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toHaveLength(2);
  });

  it('may carry fields that this version does not know', async () => {
    const event = textRequested(scene.orgId, { data: { messageId: newId(), recipientId: newId(), fresh: 'field' } });
    await scene.submit(event);
    scene.startConsumer();
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });

  it('leaves no trace of an effect whose transaction failed, and takes effect at the next try', async () => {
    const event = textRequested(scene.orgId);
    let tries = 0;
    const failingOnce = on(TextRequestedV1, async ({ id }, once) => {
      await once(async (tx) => {
        await tx.$executeRaw`insert into effects (event_id) values (${id}::uuid)`;
        if ((tries += 1) === 1) throw new TransientFailure('the first try fails');
      });
    });
    await scene.submit(event);
    scene.startConsumer(failingOnce);
    await scene.queueIsEmpty();
    expect(tries).toBe(2);
    expect(await scene.effectsOf(event)).toEqual([event.id]);
  });
});
