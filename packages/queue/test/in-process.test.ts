import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PermanentFailure, newId, nullLogger, systemClock, TransientFailure, type Id } from '@frontdesk/kernel';
import {
  createConsumer,
  createInProcessTransport,
  type Consumer,
  type ConsumerOptions,
  type Handler,
  type Transport,
} from '@frontdesk/queue';
import { until } from '@frontdesk/testkit';
import { before, heldHandler, recordEffect, setStage, type Stage } from './consumer-scene.ts';
import { commitText, commitTexts } from './outbox-writer.ts';

let stage: Stage;
const running: { consumer: Consumer; transport: Transport }[] = [];
const quickly = { baseMs: 1, capMs: 1, tries: 5 };

beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => Promise.all(running.splice(0).map(stop)));
afterAll(() => stage.close());

/** Starts a desk in one process with this handler; it looks into the outbox seldom, unless it is poked. */
async function start(handler: Handler = recordEffect, change: Partial<ConsumerOptions> = {}, pollMs = 60_000) {
  const transport = createInProcessTransport({
    databaseUrl: stage.postgres.appUrl,
    service: 'test',
    logger: nullLogger,
    pollMs,
  });
  const consumer = createConsumer({
    context: 'messaging',
    inbound: transport.inbound('messaging'),
    database: stage.database,
    handlers: [handler],
    logger: nullLogger,
    clock: systemClock,
    retry: quickly,
    ...change,
  });
  const desk = { consumer, transport };
  running.push(desk);
  await transport.start();
  consumer.start();
  return desk;
}

async function stop({ consumer, transport }: { consumer: Consumer; transport: Transport }): Promise<void> {
  await consumer.stop();
  await transport.stop();
}

const write = (groups: readonly Id[]) =>
  commitTexts(stage.postgres.as('frontdesk_conversation_worker'), stage.orgId, groups);
const count = async (from: string, ...values: unknown[]) =>
  Number((await stage.postgres.owner.query(`select count(*)::int as n from ${from}`, values)).rows[0]?.n);
const outboxIsEmpty = () => until('an empty outbox', async () => (await count('outbox')) === 0);
const effectsOf = (ids: readonly Id[]) => stage.effectsOf(...ids.map((id) => ({ id })));
const parkedReasons = async () =>
  (await stage.postgres.owner.query<{ reason: string }>('select reason from parked_messages')).rows.map(
    ({ reason }) => reason,
  );

describe('events that are handed over in one process', () => {
  it('take effect once, in the order of their group, and end in the event log like published ones', async () => {
    const [one, other] = [newId(), newId()];
    const ids = await write([one, other, one, one, other]);
    await start();
    await outboxIsEmpty();
    expect(await effectsOf([ids[0], ids[2], ids[3]].map(String))).toEqual([ids[0], ids[2], ids[3]]);
    expect(await effectsOf(ids)).toHaveLength(5);
    expect(await count('event_log where event_id = any ($1)', ids)).toBe(5);
    expect(await count('inbox where event_id = any ($1)', ids)).toBe(5);
  });

  it('come at once after a commit that pokes', async () => {
    const { transport } = await start();
    const began = performance.now();
    const ids = await write([newId()]);
    transport.poke();
    await until('its effect', async () => (await effectsOf(ids)).length === 1);
    expect(performance.now() - began).toBeLessThan(30_000); // half of the time until the next look without a poke
  });

  it('come soon even when nobody pokes', async () => {
    await start(recordEffect, {}, 50);
    const ids = await write([newId()]);
    await until('its effect', async () => (await effectsOf(ids)).length === 1);
  });

  it('lie under no lock and no transaction while their handler runs', async () => {
    const held = heldHandler();
    const ids = await write([newId()]);
    await start(held.handler);
    await held.begun;
    await stage.postgres.owner.query('select 1 from outbox where event_id = $1 for update nowait', [ids[0]]);
    expect(
      await count("pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"),
    ).toBe(0);
    held.end();
    await outboxIsEmpty();
  });
});

describe('a handler that fails', () => {
  it('is tried again in its place, while other groups go on', async () => {
    const [failing, healthy] = [newId(), newId()];
    const ids = await write([failing, failing, healthy]);
    const mayWork = Promise.withResolvers<void>();
    let failures = 0;
    await start(
      before(async ({ id }) => {
        if (id !== ids[0] || failures === 2) return;
        failures += 1;
        await mayWork.promise;
        throw new TransientFailure('not yet');
      }),
    );
    await until('the effect of the other group', async () => (await effectsOf([String(ids[2])])).length === 1);
    expect(await effectsOf(ids.slice(0, 2))).toEqual([]);
    mayWork.resolve();
    await outboxIsEmpty();
    expect(failures).toBe(2);
    expect(await effectsOf(ids.slice(0, 2))).toEqual(ids.slice(0, 2));
  });

  it('for good is parked with its reason and does not block its group', async () => {
    const group = newId();
    const ids = await write([group, group]);
    await start(
      before(({ id }) => {
        if (id === ids[0]) throw new PermanentFailure('the number does not exist');
      }),
    );
    await outboxIsEmpty();
    expect(await effectsOf(ids)).toEqual([ids[1]]);
    expect(await parkedReasons()).toContain('permanent: the number does not exist');
  });
});

describe('a desk that stops', () => {
  it('gives back what it has not begun, and that counts as no try', async () => {
    const groups = [newId(), newId()];
    const held = heldHandler();
    const [first, second] = await write(groups);
    const desk = await start(held.handler, { concurrency: 1 });
    await held.begun;
    const stopped = stop(desk);
    running.pop();
    held.end();
    await stopped;
    expect(await effectsOf([String(first)])).toEqual([first]);
    expect(await count('outbox where event_id = $1 and tries = 0 and handed_out_at is null', second)).toBe(1);
    await start();
    await outboxIsEmpty();
  });
});

describe('two processes that were started by mistake', () => {
  it('never handle at the same time: one leads, and the other takes over when it is gone', async () => {
    const handledBy: string[] = [];
    const by = (name: string) => before(() => void handledBy.push(name));
    const leader = await start(by('leader'), {}, 20);
    await write([newId()]);
    await outboxIsEmpty();
    await start(by('follower'), {}, 20);
    await write([newId(), newId(), newId()]);
    await outboxIsEmpty();
    expect(handledBy).toEqual(['leader', 'leader', 'leader', 'leader']);
    running.splice(running.indexOf(leader), 1);
    await stop(leader);
    await write([newId()]);
    await outboxIsEmpty();
    expect(handledBy.at(-1)).toBe('follower');
  });

  it('and one that loses its connection leads again, without repeating what it has in hand', async () => {
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let runs = 0;
    await start(
      before(async () => {
        runs += 1;
        begun.resolve();
        await mayEnd.promise;
      }),
      {},
      20,
    );
    const [slow] = await write([newId()]);
    await begun.promise;
    await stage.postgres.owner.query(`
      select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`);
    mayEnd.resolve();
    const [later] = await write([newId()]);
    await until('what came later', async () => (await effectsOf([String(later)])).length === 1);
    await outboxIsEmpty();
    expect(await effectsOf([String(slow)])).toEqual([slow]);
    expect(runs).toBe(2);
  });
});

/** Puts so many more events of the group into the outbox that has one. */
const fill = (rows: number) =>
  stage.postgres.owner.query(`
    insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
    select org_id, producer, queue, group_id, shard, copy, jsonb_set(envelope, '{id}', to_jsonb(copy::text))
    from (select *, gen_random_uuid() as copy from outbox, generate_series(1, ${rows})) as o`);

describe('an outbox with many rows of a group that waits', () => {
  it('hides no other group', async () => {
    const blocked = newId();
    const owner = stage.postgres.owner;
    await commitText(stage.postgres.as('frontdesk_conversation_worker'), stage.orgId, blocked);
    await fill(3_000);
    await owner.query("update outbox set not_before = now() + interval '1 hour' where group_id = $1", [blocked]);
    const [other] = await write([newId()]);
    await start();
    await until('its effect', async () => (await effectsOf([String(other)])).length === 1);
    await owner.query('delete from outbox');
  });

  it('hands each of them out without reading those behind it', async () => {
    const group = newId();
    await write([group]);
    await fill(30_000);
    const { transport } = await start();
    const handled = async () => 30_001 - (await transport.lag()).rows;
    await until('a hundred effects', async () => (await handled()) >= 100, 25_000);
    await Promise.all(running.splice(0).map(stop));
    await stage.postgres.owner.query('delete from outbox');
  }, 60_000);
});
