import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createRelay, createSqs, ensureQueues, type Relay } from '@frontdesk/queue';
import { newId, nullLogger, present, type Id } from '@frontdesk/kernel';
import type { Database } from '@frontdesk/db';
import { freePort } from '@frontdesk/local-stack';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
  until,
} from '@frontdesk/testkit';
import fc from 'fast-check';
import { startFauxqs } from 'fauxqs';
import { commitText, commitTexts } from './outbox-writer.ts';
import { watchBatches } from './sent-batches.ts';

let postgres: TestDatabase;
let queues: TestQueues;
let database: Database;
let orgId: Id;
const running: Relay[] = [];

beforeAll(async () => {
  postgres = await createTestDatabase();
  queues = await createTestQueues();
  database = postgres.as('frontdesk_conversation_worker');
  orgId = (await createTestClinic(postgres.owner)).id;
});
afterAll(async () => {
  await queues.close();
  await postgres.close();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((relay) => relay.stop()));
});

function startRelay(change: Partial<Parameters<typeof createRelay>[0]> = {}): Relay {
  const relay = createRelay({
    pool: postgres.poolAs('frontdesk_relay'),
    producer: 'conversation-worker',
    sqs: queues.sqs,
    logger: nullLogger,
    pollMs: 50,
    ...change,
  });
  running.push(relay);
  relay.start();
  return relay;
}

const recipients = (count: number) => Array.from({ length: count }, newId);
const outboxIsEmpty = (relay: Relay) => until('an empty outbox', async () => (await relay.lag()).rows === 0);

/** The event ids in the queue, by group, in the order in which SQS would hand them out. */
function queued(server = queues.server): Map<string, string[]> {
  const { messages } = present(server.inspectQueue('messaging.fifo'), 'the queue');
  const byGroup = Map.groupBy(messages.ready, (message) => String(message.messageGroupId));
  return new Map(
    [...byGroup].map(([group, list]) => [group, list.map((message) => String(message.messageDeduplicationId))]),
  );
}

async function logged(eventIds: readonly Id[]): Promise<number> {
  const { rows } = await postgres.owner.query<{ count: number }>(
    'select count(*)::int as count from event_log where event_id = any ($1::uuid[])',
    [eventIds],
  );
  return rows[0]?.count ?? 0;
}

describe('a committed event', () => {
  it('reaches its queue with its envelope, its group and its own id for deduplication', async () => {
    const [recipientId = ''] = recipients(1);
    const eventId = await commitText(database, orgId, recipientId);
    await outboxIsEmpty(startRelay());
    const { messages } = present(queues.server.inspectQueue('messaging.fifo'), 'the queue');
    const message = present(
      messages.ready.find(({ messageGroupId }) => messageGroupId === recipientId),
      'the message',
    );
    expect(message.messageDeduplicationId).toBe(eventId);
    expect(JSON.parse(message.body)).toMatchObject({ id: eventId, orgId, type: 'messaging.text-requested.v1' });
  });

  it('moves from the outbox to the event log', async () => {
    const eventIds = await commitTexts(database, orgId, recipients(3));
    await outboxIsEmpty(startRelay());
    expect(await logged(eventIds)).toBe(3);
  });

  it('is published at a poke, without waiting for the poll', async () => {
    const relay = startRelay({ pollMs: 60_000 });
    await outboxIsEmpty(relay);
    const eventIds = await commitTexts(database, orgId, recipients(1));
    relay.poke();
    await until('the event in the log', async () => (await logged(eventIds)) === 1);
  });

  it('is published by the poll when nobody pokes', async () => {
    const relay = startRelay();
    await outboxIsEmpty(relay);
    const eventIds = await commitTexts(database, orgId, recipients(1));
    await until('the event in the log', async () => (await logged(eventIds)) === 1);
  });

  it('of another service is left to that service', async () => {
    const relay = startRelay({ producer: 'payments' });
    const eventIds = await commitTexts(database, orgId, recipients(1));
    relay.poke();
    await relay.stop();
    expect(await logged(eventIds)).toBe(0);
    await outboxIsEmpty(startRelay());
  });

  it('counts as lag until it is published', async () => {
    const relay = createRelay({
      pool: postgres.poolAs('frontdesk_relay'),
      producer: 'conversation-worker',
      sqs: queues.sqs,
      logger: nullLogger,
    });
    await commitTexts(database, orgId, recipients(2));
    expect(await relay.lag()).toMatchObject({ rows: 2, oldestSeconds: expect.any(Number) });
    await outboxIsEmpty(startRelay());
    expect(await relay.lag()).toEqual({ rows: 0, oldestSeconds: 0 });
  });
});

describe('the order of a group', () => {
  it('is the order of its commits, whatever the interleaving, with two relays at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (picks, claimSize) => {
          const groups = recipients(5);
          const relays = [startRelay({ claimSize, pollMs: 10 }), startRelay({ claimSize, pollMs: 10 })];
          const sent = watchBatches(queues.sqs);
          const written = new Map<string, string[]>();
          for (const pick of picks) {
            const group = groups[pick] ?? '';
            const eventId = await commitText(database, orgId, group);
            written.set(group, [...(written.get(group) ?? []), eventId]);
            relays[pick % 2]?.poke();
          }
          await Promise.all(relays.map(outboxIsEmpty));
          await Promise.all(relays.map((relay) => relay.stop()));
          sent.remove();
          expect(sent.sent).toHaveLength(picks.length); // nothing was published twice
          const inQueue = queued();
          for (const [group, eventIds] of written) expect(inQueue.get(group)).toEqual(eventIds);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('holds when SQS takes only a part of a batch: the refused entry and those behind it wait in the outbox', async () => {
    const [first = '', other = ''] = recipients(2);
    const ofFirst = await commitTexts(database, orgId, [first, first, first]);
    const ofOther = await commitTexts(database, orgId, [other, other]);
    let refusals = 3;
    const watch = watchBatches(queues.sqs, { refuse: ({ eventId }) => eventId === ofFirst[1] && refusals-- > 0 });
    await outboxIsEmpty(startRelay());
    watch.remove();
    expect(queued().get(first)).toEqual(ofFirst);
    expect(queued().get(other)).toEqual(ofOther);
    const triesOf = (eventId: string | undefined) => watch.sent.filter((entry) => entry.eventId === eventId).length;
    expect(triesOf(ofFirst[0])).toBe(1);
    expect(triesOf(ofFirst[1])).toBeGreaterThan(1);
    expect(triesOf(ofFirst[2])).toBe(1);
  });
});

describe('when something breaks', () => {
  it('waits for SQS to come back, then publishes everything in order', async () => {
    const port = await freePort();
    const sqs = createSqs({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' });
    const relay = startRelay({ sqs });
    const [group = ''] = recipients(1);
    const eventIds = await commitTexts(database, orgId, [group, group, group]);
    relay.poke();
    await until('a failed try', async () => (await relay.lag()).oldestSeconds > 0.3);
    expect(await logged(eventIds)).toBe(0);
    const server = await startFauxqs({ port, host: '127.0.0.1', logger: false });
    try {
      await ensureQueues(sqs);
      await outboxIsEmpty(relay);
      expect(queued(server).get(group)).toEqual(eventIds);
    } finally {
      await relay.stop();
      sqs.destroy();
      await server.stop();
    }
  });

  it('survives that Postgres ends its connections again and again', async () => {
    const relay = startRelay();
    const [group = ''] = recipients(1);
    const eventIds: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      eventIds.push(...(await commitTexts(database, orgId, [group, group])));
      relay.poke();
      await postgres.owner.query(`
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and datname = current_database() and query like '%outbox%'`);
    }
    await until('everything published', async () => (await logged(eventIds)) === eventIds.length);
    expect(queued().get(group)).toEqual(eventIds);
  });

  it('publishes again what a crash left in the outbox after SQS had it, and SQS keeps one', async () => {
    const [group = ''] = recipients(1);
    const eventIds = await commitTexts(database, orgId, [group, group]);
    // The connection is lost between the answer of SQS and the commit, as a crash would lose it.
    let cuts = 0;
    const cutOnce = async () => {
      if (watch.taken.length === 2 && cuts++ === 0) {
        await postgres.owner.query(`
          select pg_terminate_backend(pid) from pg_stat_activity
          where state = 'idle in transaction' and datname = current_database()`);
      }
    };
    const watch = watchBatches(queues.sqs, { beforeAnswer: cutOnce });
    const relay = startRelay();
    await outboxIsEmpty(relay);
    watch.remove();
    expect(watch.taken.map(({ eventId }) => eventId)).toEqual([...eventIds, ...eventIds]);
    expect(queued().get(group)).toEqual(eventIds);
    expect(await logged(eventIds)).toBe(2);
  });

  it('leaves the outbox as it is when it is told to stop, and nothing half done', async () => {
    const relay = startRelay();
    const writing = commitTexts(database, orgId, recipients(30));
    await relay.stop();
    const eventIds = await writing;
    const { rows } = await postgres.owner.query<{ count: number }>(
      'select count(*)::int as count from outbox where event_id = any ($1::uuid[])',
      [eventIds],
    );
    expect((rows[0]?.count ?? 0) + (await logged(eventIds))).toBe(30);
    await outboxIsEmpty(startRelay());
  });
});
