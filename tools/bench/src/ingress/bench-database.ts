import { migrate } from '@frontdesk/db/migrate';
import { newId } from '@frontdesk/kernel';
import { demoClinic, seedClinic, startEmbeddedPostgres } from '@frontdesk/local-stack';
import pg from 'pg';
import { parentOf } from '../cpu-time.ts';

const name = 'frontdesk_bench_ingress';

/** A durable server with one database, in which both arms write to tables of their own. */
export type BenchDatabase = {
  adminUrl: string;
  appUrl: string;
  owner: pg.Pool;
  /** The server's first process. */
  serverPid: number;
  /** Version and durability, for the report. */
  settings: string;
  seedClinics(count: number): Promise<string[]>;
  stop(): Promise<void>;
};

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const server = await startEmbeddedPostgres({ durable: true });
  const [adminUrl, appUrl] = [server.adminUrl(name), server.appUrl(name)];
  const admin = new pg.Client({ connectionString: server.adminUrl('postgres') });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  await migrate({ adminUrl, appUrl });
  const owner = new pg.Pool({ connectionString: adminUrl, max: 2 });
  owner.on('error', () => {}); // the server ends idle connections when it stops
  await owner.query(
    'create table bare_webhooks (id bigint generated always as identity primary key, payload jsonb not null)',
  );
  const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    adminUrl,
    appUrl,
    owner,
    serverPid: await parentOf(rows[0]?.pid ?? 0),
    settings: await durableSettings(owner),
    seedClinics: (count) => seedClinics(owner, count),
    async stop() {
      await owner.end();
      await server.stop();
    },
  };
}

/** @throws Error when the server is not durable: a benchmark without it would measure nothing */
async function durableSettings(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version')`,
  );
  const off = rows.find((row) => row.name !== 'server_version' && row.setting !== 'on');
  if (off !== undefined) throw new Error(`${off.name} is ${off.setting}: the server is not durable`);
  return rows.map((row) => `${row.name} ${row.setting}`).join(', ');
}

async function seedClinics(owner: pg.Pool, count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, n) => `+1480${2_000_000 + n}`);
  for (const number of numbers) {
    const location = { ...demoClinic.location, id: newId(), number };
    const empty = { services: [], practitioners: [], facts: [], depositAccount: null };
    await seedClinic(owner, { ...demoClinic, ...empty, id: newId(), location }, new Map());
  }
  return numbers;
}
