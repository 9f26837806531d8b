import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Envelope } from '@frontdesk/contracts';
import { newId, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { until, textRequested } from '@frontdesk/testkit';
import { before, heldHandler, setScene, type Scene } from './consumer-scene.ts';
import { handOut } from './handed-out.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await setScene();
});
afterEach(() => scene.stopConsumers());
afterAll(() => scene.close());

describe('several messages of one group in one receive', () => {
  const messageOf = (event: Envelope, tries = 1) => ({
    MessageId: newId(),
    ReceiptHandle: event.id,
    Body: JSON.stringify(event),
    Attributes: { MessageGroupId: 'one group', ApproximateReceiveCount: String(tries) },
  });

  it('are handled one after another, in their order', async () => {
    const events = Array.from({ length: 5 }, () => textRequested(scene.orgId));
    let busy = 0;
    let most = 0;
    const seen = handOut(
      scene.queues.sqs,
      events.map((event) => messageOf(event)),
    );
    scene.startConsumer(
      before(async () => {
        most = Math.max(most, (busy += 1));
        await new Promise(setImmediate);
        busy -= 1;
      }),
    );
    await until('all deleted', () => seen.deleted.length === 5);
    seen.remove();
    expect(most).toBe(1);
    expect(await scene.effectsOf(...events)).toEqual(events.map(({ id }) => id));
  });

  it('wait behind one that fails, and come again with it, in their order', async () => {
    const events = Array.from({ length: 4 }, () => textRequested(scene.orgId));
    const seen = handOut(
      scene.queues.sqs,
      events.map((event) => messageOf(event)),
    );
    const handled: string[] = [];
    scene.startConsumer(
      before(({ id }) => {
        handled.push(id);
        if (id === events[1]?.id) throw new TransientFailure('not now');
      }),
      { random: () => 0.999, retry: { baseMs: 7_000, capMs: 60_000, tries: 5 } },
    );
    await until('the rest given back', () => seen.hidden.length === 3);
    seen.remove();
    expect(handled).toEqual([events[0]?.id, events[1]?.id]);
    expect(seen.deleted).toEqual([events[0]?.id]);
    expect(seen.hidden).toEqual([3, 2, 1].map((n) => ({ receiptHandle: events[n]?.id, seconds: 7 })));
  });

  it('go on after one that is parked', async () => {
    const events = Array.from({ length: 3 }, () => textRequested(scene.orgId));
    const seen = handOut(
      scene.queues.sqs,
      events.map((event) => messageOf(event)),
    );
    scene.startConsumer(
      before(({ id }) => {
        if (id === events[0]?.id) throw new PermanentFailure('never');
      }),
    );
    await until('all deleted', () => seen.deleted.length === 3);
    seen.remove();
    expect(await scene.effectsOf(...events)).toEqual(events.slice(1).map(({ id }) => id));
  });

  it('that have not begun when the consumer stops are given back at once', async () => {
    const events = Array.from({ length: 3 }, () => textRequested(scene.orgId));
    const seen = handOut(
      scene.queues.sqs,
      events.map((event) => messageOf(event)),
    );
    const held = heldHandler();
    const consumer = scene.startConsumer(held.handler);
    await held.begun;
    const stopped = consumer.stop();
    held.end();
    await stopped;
    seen.remove();
    expect(seen.deleted).toEqual([events[0]?.id]);
    expect(seen.hidden).toEqual([2, 1].map((n) => ({ receiptHandle: events[n]?.id, seconds: 0 })));
  });
});

describe('groups', () => {
  it('are handled side by side, but never more messages at once than there are places', async () => {
    let busy = 0;
    let most = 0;
    const everyPlace = Promise.withResolvers<void>();
    const events = Array.from({ length: 12 }, () => textRequested(scene.orgId));
    for (const event of events) await scene.submit(event);
    scene.startConsumer(
      before(async () => {
        most = Math.max(most, (busy += 1));
        if (busy === 4) everyPlace.resolve();
        await everyPlace.promise;
        busy -= 1;
      }),
      { concurrency: 4 },
    );
    await scene.queueIsEmpty();
    expect(most).toBe(4);
    expect(await scene.effectsOf(...events)).toHaveLength(12);
  });
});
