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

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
