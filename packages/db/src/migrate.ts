import { runner } from 'node-pg-migrate';
import pg from 'pg';

const migrationsFolder = new URL('../../../migrations', import.meta.url).pathname;

const serviceRoles = [
  'frontdesk_webhook_ingress',
  'frontdesk_conversation_worker',
  'frontdesk_messaging_worker',
  'frontdesk_payments',
  'frontdesk_relay',
];

/**
 * Brings the database to the newest migration, as its owner, and lets the login of `appUrl` act as the services' roles.
 * The login is made when it is missing. Running it again changes nothing.
 */
export async function migrate({ adminUrl, appUrl }: { adminUrl: string; appUrl: string }): Promise<void> {
  await runner({
    databaseUrl: adminUrl,
    dir: migrationsFolder,
    direction: 'up',
    migrationsTable: 'migrations',
    singleTransaction: true,
    advisoryLockMode: 'wait',
    log: () => {},
  });
  await grantServiceRoles(adminUrl, new URL(appUrl));
}

async function grantServiceRoles(adminUrl: string, { username, password }: URL): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  try {
    const login = pg.escapeIdentifier(decodeURIComponent(username));
    const { rowCount } = await owner.query('select 1 from pg_roles where rolname = $1', [decodeURIComponent(username)]);
    if (rowCount === 0) {
      const secret = pg.escapeLiteral(decodeURIComponent(password));
      await owner.query(`create role ${login} login nosuperuser nobypassrls noinherit password ${secret}`);
    }
    await owner.query(`grant ${serviceRoles.join(', ')} to ${login} with inherit false, set true`);
  } finally {
    await owner.end();
  }
}
