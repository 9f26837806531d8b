import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '@frontdesk/db/migrate';
import { startEmbeddedPostgres } from '@frontdesk/local-stack';
import { migrateAlarms } from '@frontdesk/queue/migrate-alarms';
import { openTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import pg from 'pg';

/** A Postgres that may crash without hurting anybody else. */
export type CrashableDatabase = TestDatabase & { crash(): Promise<void>; revive(): Promise<void> };

const name = 'frontdesk';

export async function startCrashableDatabase(): Promise<CrashableDatabase> {
  const server = await startEmbeddedPostgres({ durable: false });
  try {
    await ask(server.adminUrl('postgres'), `create database ${name}`);
    // A crash of the server, unlike one of the machine, loses only what was not handed to the kernel at the commit.
    await ask(server.adminUrl('postgres'), `alter database ${name} set synchronous_commit = on`);
    const addresses = {
      adminUrl: server.adminUrl(name),
      appUrl: server.appUrl(name),
      operatorUrl: server.operatorUrl(name),
    };
    await migrate(addresses);
    await migrateAlarms(addresses.adminUrl);
    const database = openTestDatabase(addresses);
    bePatient(database.owner);
    return {
      ...database,
      crash: () => server.crash(),
      revive: () => server.revive(),
      async close() {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const lostConnection = /^(08...|57P0[1-3]|ECONN.*)$/;
const patienceMs = 60_000;

/** Who watches the desk is not put off by a server that is away: what they ask is asked again. */
function bePatient(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...asked: unknown[]) => Promise<unknown>; // of its many forms, those with a promise
  const askAgain = async (...asked: unknown[]) => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        return await query(...asked);
      } catch (error) {
        if (!isLostConnection(error) || Date.now() > deadline) throw error;
        await sleep(50);
      }
    }
  };
  pool.query = askAgain as pg.Pool['query'];
}

/** By its fields, since an error of Node's own is none of Jest's. */
function isLostConnection(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && typeof error.code === 'string') return lostConnection.test(error.code);
  return 'message' in error && String(error.message).includes('Connection terminated');
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
