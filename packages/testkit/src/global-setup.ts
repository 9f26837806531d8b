import { migrate } from '@frontdesk/db/migrate';
import { startEmbeddedPostgres } from '@frontdesk/local-stack';
import { migrateAlarms } from '@frontdesk/queue/migrate-alarms';
import pg from 'pg';

/** Starts the embedded Postgres (or takes the given one) and migrates the template that each test file clones. */
export default async function setUp(): Promise<void> {
  const name = `frontdesk_template_${process.pid}`;
  const given = process.env['DATABASE_ADMIN_URL'];
  const embedded = given === undefined ? await startEmbeddedPostgres({ durable: false }) : null;
  const onGiven = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const adminUrl = embedded?.adminUrl(name) ?? onGiven(String(given));
  const appUrl =
    embedded?.appUrl(name) ?? onGiven(process.env['DATABASE_URL'] ?? 'postgresql://frontdesk_app:app@127.0.0.1');
  const operatorUrl =
    embedded?.operatorUrl(name) ??
    onGiven(
      process.env['DATABASE_OPERATOR_URL'] ?? `postgresql://frontdesk_operations:operations@${new URL(adminUrl).host}`,
    );
  const server = new pg.Client({ connectionString: Object.assign(new URL(adminUrl), { pathname: '/postgres' }).href });
  await server.connect();
  await server.query(`create database ${name}`);
  await server.end();
  await migrate({ adminUrl, appUrl, operatorUrl });
  await migrateAlarms(adminUrl);
  process.env['FRONTDESK_TEST_POSTGRES'] = JSON.stringify({ adminUrl, appUrl, operatorUrl });
  stop = async () => embedded?.stop();
}

let stop: () => Promise<void> = async () => {};

export async function tearDown(): Promise<void> {
  await stop();
}
