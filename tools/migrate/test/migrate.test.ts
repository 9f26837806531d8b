import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import pg from 'pg';
import { dropOldLogins } from '../src/drop-old-logins.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const run = (environment: Record<string, string>) =>
  promisify(execFile)(process.execPath, [main], { env: { FRONTDESK_ENV: 'test', ...environment } });

let database: TestDatabase;
let login: URL;
const nameOf = (generation: number) => `payments_of_${process.pid}_login_${generation}`;
const names = [nameOf(1), nameOf(2), nameOf(3), `${nameOf(1)}_of_a_person`, `payments_of_${process.pid}`];

beforeAll(async () => {
  database = await createTestDatabase();
  login = new URL(database.appUrl);
  login.username = `payments_login_${process.pid}`;
  login.password = encodeURIComponent('a password with % and @');
});
afterAll(async () => {
  for (const name of [`payments_login_${process.pid}`, `ingress_login_${process.pid}`, ...names]) {
    await database.owner.query(`drop role if exists ${name}`);
  }
  await database.close();
});

describe('the task that migrates', () => {
  it('says what it lacks, and leaves with 1', async () => {
    await expect(run({ DATABASE_HOST: 'db' })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_ADMIN_URL'),
    });
  });

  it('may run again, and gives a service a login that acts as this service and no other', async () => {
    await run({ DATABASE_ADMIN_URL: database.adminUrl, LOGIN_PAYMENTS: login.href });
    const client = new pg.Client({ connectionString: login.href });
    await client.connect();
    try {
      await client.query('set role frontdesk_payments');
      await client.query('set role frontdesk_relay');
      await expect(client.query('set role frontdesk_messaging_worker')).rejects.toThrow('permission denied');
      await expect(client.query('set role frontdesk_operator')).rejects.toThrow('permission denied');
    } finally {
      await client.end();
    }
  });

  it('lets the service that forgets what is old act as the one that may', async () => {
    const ingress = new URL(login);
    ingress.username = `ingress_login_${process.pid}`;
    await run({ DATABASE_ADMIN_URL: database.adminUrl, LOGIN_WEBHOOK_INGRESS: ingress.href });
    const client = new pg.Client({ connectionString: ingress.href });
    await client.connect();
    try {
      await client.query('set role frontdesk_webhook_ingress');
      await client.query('set role frontdesk_retention');
    } finally {
      await client.end();
    }
  });

  it('keeps the login of the generation before, which tasks still use, and drops older ones and nothing else', async () => {
    for (const name of names) await database.owner.query(`create role ${name} login`);
    const url = new URL(login);
    url.username = nameOf(3);
    await dropOldLogins(database.adminUrl, [{ url: url.href, roles: [] }]);
    const { rows } = await database.owner.query<{ rolname: string }>(
      'select rolname from pg_roles where rolname = any ($1)',
      [names],
    );
    const left = new Set(rows.map(({ rolname }) => rolname));
    expect(names.filter((name) => !left.has(name))).toEqual([nameOf(1)]);
  });
});
