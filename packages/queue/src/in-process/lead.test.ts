import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nullLogger } from '@frontdesk/kernel';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import type pg from 'pg';
import { isHandedOut, makeLead } from './lead.ts';

let postgres: TestDatabase;
let leading: pg.Pool;
let waiting: pg.Pool;
beforeAll(async () => {
  postgres = await createTestDatabase();
  leading = postgres.poolAs('frontdesk_relay');
  waiting = postgres.poolAs('frontdesk_relay');
});
afterAll(() => postgres.close());

const leadOver = (pool: pg.Pool, onTaken = async () => {}) => makeLead({ pool, onTaken, logger: nullLogger });

/** How many wait to hear of the end of the pool's one connection. */
async function listeners(pool: pg.Pool): Promise<number> {
  const connection = await pool.connect();
  const count = connection.listenerCount('end') + connection.listenerCount('error');
  connection.release();
  return count;
}

describe('the lead of handing out', () => {
  it('is free for others as soon as it is given up, every time', async () => {
    for (let n = 0; n < 20; n++) {
      const lead = leadOver(leading);
      expect(await lead.connection()).not.toBeNull();
      expect(await isHandedOut(postgres.owner)).toBe(true);
      await lead.end();
      expect(await isHandedOut(postgres.owner)).toBe(false);
    }
  });

  it('may be asked for as long as one likes by a process that stands by, which gathers nothing meanwhile', async () => {
    const lead = leadOver(leading);
    await lead.connection();
    const other = leadOver(waiting);
    expect(await other.connection()).toBeNull();
    const before = await listeners(waiting);
    for (let n = 0; n < 20; n++) expect(await other.connection()).toBeNull();
    expect(await listeners(waiting)).toBe(before);
    await lead.end();
    expect(await other.connection()).not.toBeNull();
    await other.end();
  });

  it('is taken anew when its connection dies, also in the moment in which it was taken', async () => {
    let deaths = 0;
    const endItsConnection = async () => {
      if (deaths++ > 0) return;
      await postgres.owner.query(`
        select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
          and database = (select oid from pg_database where datname = current_database())`);
    };
    const lead = leadOver(leading, endItsConnection);
    const first = await lead.connection().catch(() => null);
    const lost =
      first === null ? Promise.resolve() : new Promise<void>((resolve) => first.once('end', () => resolve()));
    await lost;
    const next = await lead.connection();
    expect((await next?.query('select 1'))?.rowCount).toBe(1);
    await lead.end();
  });
});
