import { runner } from 'node-pg-migrate';
import pg from 'pg';

const migrationsFolder = new URL('../../../migrations', import.meta.url).pathname;

const serviceRoles = [
  'frontdesk_webhook_ingress',
  'frontdesk_conversation_worker',
  'frontdesk_messaging_worker',
  'frontdesk_payments',
  'frontdesk_relay',
  'frontdesk_retention',
];

export type MigrateOptions = {
  adminUrl: string;
  appUrl: string;
  /** The login of the people who operate the desk; left out, nobody gets what operators may do. */
  operatorUrl?: string | undefined;
};

/**
 * Brings the database to the newest migration, as its owner, lets the login of `appUrl` act as the services' roles and the
 * one of `operatorUrl` as an operator. Logins are made when they are missing. Running it again changes nothing.
 */
export async function migrate({ adminUrl, appUrl, operatorUrl }: MigrateOptions): Promise<void> {
  await runner({
    databaseUrl: adminUrl,
    dir: migrationsFolder,
    direction: 'up',
    migrationsTable: 'migrations',
    singleTransaction: true,
    advisoryLockMode: 'wait',
    log: () => {},
  });
  await grantRoles(adminUrl, new URL(appUrl), serviceRoles);
  if (operatorUrl !== undefined) await grantRoles(adminUrl, new URL(operatorUrl), ['frontdesk_operator']);
}

async function grantRoles(adminUrl: string, { username, password }: URL, roles: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  try {
    const login = pg.escapeIdentifier(decodeURIComponent(username));
    const { rowCount } = await owner.query('select 1 from pg_roles where rolname = $1', [decodeURIComponent(username)]);
    if (rowCount === 0) {
      const secret = pg.escapeLiteral(decodeURIComponent(password));
      await owner.query(`create role ${login} login nosuperuser nobypassrls noinherit password ${secret}`);
    }
    await owner.query(`grant ${roles.join(', ')} to ${login} with inherit false, set true`);
  } finally {
    await owner.end();
  }
}
