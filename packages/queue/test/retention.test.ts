import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId, nullLogger, type Clock, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import type pg from 'pg';
import { forgetOld, type Forgotten } from '../src/retention/forget-old.ts';

let database: TestDatabase;
let pool: pg.Pool;
let orgId: Id;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.poolAs('frontdesk_retention');
  ({ id: orgId } = await createTestClinic(database.owner));
});
afterAll(() => database.close());

const days = { eventLog: 30, inbox: 45, webhooks: 90, parked: 90, idempotencyKeys: 3 };
const now = Temporal.Now.instant();
const daysAgo = (count: number) => now.subtract({ hours: 24 * count }).toString();
const dayOf = (count: number) => daysAgo(count).slice(0, 10);

async function forget(change: { clock?: Clock; batchSize?: number; mostBatches?: number } = {}): Promise<Forgotten[]> {
  const forgotten: Forgotten[] = [];
  const onForgotten = (what: Forgotten) => {
    forgotten.push(what);
  };
  await forgetOld({ pool, days, clock: () => now, logger: nullLogger, onForgotten, ...change });
  return forgotten;
}

const owner = (sql: string, values: unknown[] = []) => database.owner.query(sql, values);
const logged = (publishedAt: string) =>
  owner(
    `insert into event_log (published_at, event_id, org_id, producer, queue, group_id, envelope)
     values ($1, $2, $3, 'payments', 'messaging.fifo', 'g', '{}')`,
    [publishedAt, newId(), orgId],
  );
const handled = (handledAt: string) =>
  owner("insert into inbox (consumer, event_id, org_id, handled_at) values ('payments', $1, $2, $3)", [
    newId(),
    orgId,
    handledAt,
  ]);
const stored = (verifiedAt: string) =>
  owner(
    `insert into webhook_events (id, provider, kind, external_id, payload, verified_at)
     values ($1, 'telnyx', 'message.received', $2, '{}', $3)`,
    [newId(), newId(), verifiedAt],
  );
const parked = (resolvedAt: string | null) =>
  owner(
    `insert into parked_messages (id, queue, message_id, reason, body, parked_at, resolved_at)
     values ($1, 'messaging.fifo', $2, 'refused', '{}', $3, $4)`,
    [newId(), newId(), daysAgo(400), resolvedAt],
  );
const count = async (table: string) =>
  (await owner(`select count(*)::int as count from ${table}`)).rows[0]?.count as number;
const partitionOf = (day: string) => `event_log_${day.replaceAll('-', '')}`;
const partitions = async () =>
  (await owner(`select relname from pg_class where relname ~ '^event_log_\\d{8}$' order by 1`)).rows.map(
    ({ relname }) => relname as string,
  );

async function makePartition(day: string): Promise<void> {
  const next = Temporal.PlainDate.from(day).add({ days: 1 });
  await owner(
    `create table ${partitionOf(day)} partition of event_log for values from ('${day} 00:00+00') to ('${String(next)} 00:00+00')`,
  );
}

describe('the event log', () => {
  it('is dropped by the day, once the whole day is older than it is kept', async () => {
    for (const ago of [29, 30, 31, 40]) {
      await makePartition(dayOf(ago));
      await logged(daysAgo(ago));
    }
    const kept = (await partitions()).filter((name) => name >= partitionOf(dayOf(30)));
    expect(await forget()).toEqual([{ table: 'event_log', count: 2 }]);
    expect(await partitions()).toEqual(kept);
    expect(await count('event_log')).toBe(2);
    expect(await forget()).toEqual([]);
    await owner('truncate event_log');
  });

  it('also forgets, in batches, what had no day of its own', async () => {
    for (const ago of [35, 36, 37, 38, 39]) await logged(daysAgo(ago));
    await logged(daysAgo(10));
    expect(await forget({ batchSize: 2 })).toEqual([{ table: 'event_log', count: 5 }]);
    expect(await count('event_log_default')).toBe(1);
    await owner('truncate event_log');
  });

  it('never loses its last day, whatever a clock says', async () => {
    await logged(daysAgo(0));
    expect(await forget({ clock: () => now.add({ hours: 24 * 400 }) })).toEqual([]);
    expect(await count('event_log')).toBe(1);
    await owner('truncate event_log');
  });

  it('takes rows out of the default partition when their day gets one of its own', async () => {
    const inThreeDays = dayOf(-3);
    await owner(`drop table ${partitionOf(inThreeDays)}`);
    await logged(daysAgo(-3));
    expect(await count('event_log_default')).toBe(1);
    await database.poolAs('frontdesk_relay').query('select ensure_event_log_partitions()');
    expect(await count('event_log_default')).toBe(0);
    expect(await count(partitionOf(inThreeDays))).toBe(1);
  });
});

describe('the other tables', () => {
  it('lose what is older than it is kept, and nothing else', async () => {
    for (const ago of [44, 46]) await handled(daysAgo(ago));
    for (const ago of [89, 91]) await stored(daysAgo(ago));
    for (const ago of [89, 91]) await parked(daysAgo(ago));
    await parked(null);
    expect(await forget()).toEqual([
      { table: 'inbox', count: 1 },
      { table: 'webhook_events', count: 1 },
      { table: 'parked_messages', count: 1 },
    ]);
    expect([await count('inbox'), await count('webhook_events'), await count('parked_messages')]).toEqual([1, 1, 2]);
  });

  it('get smaller by bounded batches, and what is left waits for the next round', async () => {
    for (let n = 0; n < 5; n += 1) await handled(daysAgo(60));
    expect(await forget({ batchSize: 2, mostBatches: 2 })).toEqual([{ table: 'inbox', count: 4 }]);
    expect(await forget({ batchSize: 2, mostBatches: 2 })).toEqual([{ table: 'inbox', count: 1 }]);
  });

  it('keep what could still be needed, whatever a clock says', async () => {
    await handled(daysAgo(14));
    await stored(daysAgo(6));
    await forget({ clock: () => now.add({ hours: 24 * 400 }) });
    // Nor when it names the clinic, as services do.
    await inTenants(pool, [orgId], (client) => client.query('delete from inbox'));
    expect((await owner('select 1 from inbox where handled_at > $1', [daysAgo(15)])).rowCount).toBe(1);
    expect((await owner('select 1 from webhook_events where verified_at > $1', [daysAgo(7)])).rowCount).toBe(1);
  });
});

describe('several instances', () => {
  it('work one at a time: who finds another at it passes', async () => {
    await handled(daysAgo(60));
    const other = await database.owner.connect();
    await other.query("select pg_advisory_lock(hashtext('frontdesk.retention'))");
    expect(await forget()).toEqual([]);
    await other.query("select pg_advisory_unlock(hashtext('frontdesk.retention'))");
    other.release();
    expect(await forget()).toEqual([{ table: 'inbox', count: 1 }]);
  });
});
