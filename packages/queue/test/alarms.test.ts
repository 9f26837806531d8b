import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, nullLogger, systemClock } from '@frontdesk/kernel';
import { createAlarms, type AlarmConnection, type Alarms, type DueRow } from '@frontdesk/queue';
import { createTestDatabase, startTestRedis, type TestDatabase, type TestRedis, until } from '@frontdesk/testkit';

let postgres: TestDatabase;
let redis: TestRedis;
const open: Alarms[] = [];

beforeAll(async () => {
  [postgres, redis] = await Promise.all([createTestDatabase(), startTestRedis()]);
});
afterAll(() => Promise.all([postgres.close(), redis.stop()]));
afterEach(async () => {
  await Promise.all(open.splice(0).map((alarms) => alarms.stop()));
});

const connections: Record<string, () => AlarmConnection> = {
  Postgres: () => ({ databaseUrl: postgres.appUrl, role: 'frontdesk_payments' }),
  Redis: () => ({ redisUrl: redis.url }),
};
let connection: () => AlarmConnection;

function openAlarms(ring: (row: DueRow) => Promise<void> = async () => {}, service: string = newId()): Alarms {
  const alarms = createAlarms({
    service,
    connection: connection(),
    handlers: { 'hold-ends': ring },
    logger: nullLogger,
  });
  open.push(alarms);
  return alarms;
}

const aRow = (): DueRow => ({ orgId: newId(), id: newId() });
const inMs = (milliseconds: number) => systemClock().add({ milliseconds });

describe.each(Object.entries(connections))('an alarm on %s', (_, given) => {
  beforeAll(() => {
    connection = given;
  });

  it('rings when its row is due, and not before', async () => {
    const row = aRow();
    const dueAt = inMs(300);
    const rung: { row: DueRow; early: boolean }[] = [];
    const alarms = openAlarms(async (rungRow) => {
      rung.push({ row: rungRow, early: Temporal.Instant.compare(systemClock(), dueAt) < 0 });
    });
    await alarms.start();
    await alarms.arm('hold-ends', row, dueAt);
    await until('the ring', () => rung.length > 0);
    expect(rung).toEqual([{ row, early: false }]);
  });

  it('rings once when it is armed twice for the same moment', async () => {
    const row = aRow();
    const last = aRow();
    const rung: string[] = [];
    const alarms = openAlarms(async ({ id }) => {
      rung.push(id);
    });
    const dueAt = inMs(100);
    await alarms.arm('hold-ends', row, dueAt);
    await alarms.arm('hold-ends', row, dueAt);
    await alarms.arm('hold-ends', last, inMs(400));
    await alarms.start();
    await until('the last ring', () => rung.includes(last.id));
    expect(rung).toEqual([row.id, last.id]);
  });

  it('rings again when the row is due again later', async () => {
    const row = aRow();
    const rung: string[] = [];
    const alarms = openAlarms(async ({ id }) => {
      rung.push(id);
    });
    await alarms.start();
    await alarms.arm('hold-ends', row, inMs(50));
    await alarms.arm('hold-ends', row, inMs(150));
    await until('both rings', () => rung.length === 2);
    expect(rung).toEqual([row.id, row.id]);
  });

  it('rings in another instance of the service when the one that armed it is gone', async () => {
    const service = newId();
    const row = aRow();
    const rung: string[] = [];
    const first = openAlarms(async () => {}, service);
    await first.arm('hold-ends', row, inMs(200));
    await first.stop();
    const second = openAlarms(async ({ id }) => {
      rung.push(id);
    }, service);
    await second.start();
    await until('the ring', () => rung.length > 0);
    expect(rung).toEqual([row.id]);
  });

  it('rings in vain without ringing for ever: the sweep has the row', async () => {
    const last = aRow();
    const rung: string[] = [];
    const alarms = openAlarms(async ({ id }) => {
      rung.push(id);
      throw new Error('not now');
    });
    await alarms.start();
    const row = aRow();
    await alarms.arm('hold-ends', row, inMs(0));
    await alarms.arm('hold-ends', last, inMs(300));
    await until('the last ring', () => rung.includes(last.id));
    expect(rung).toEqual([row.id, last.id]);
  });

  it('is waited for by a stop', async () => {
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let ended = false;
    const alarms = openAlarms(async () => {
      begun.resolve();
      await mayEnd.promise;
      ended = true;
    });
    await alarms.start();
    await alarms.arm('hold-ends', aRow(), inMs(0));
    await begun.promise;
    const stopped = alarms.stop();
    mayEnd.resolve();
    await stopped;
    expect(ended).toBe(true);
  });
});

describe('an alarm without a server', () => {
  it('does not disturb the caller', async () => {
    const alarms = createAlarms({
      service: newId(),
      connection: { databaseUrl: 'postgresql://frontdesk_app:app@127.0.0.1:1/nowhere', role: 'frontdesk_payments' },
      handlers: {},
      logger: nullLogger,
    });
    open.push(alarms);
    await expect(alarms.arm('hold-ends', aRow(), inMs(0))).resolves.toBeUndefined();
  });
});
