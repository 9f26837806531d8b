import { runner } from 'node-pg-migrate';
import pg from 'pg';

const migrationsFolder = new URL('../../../migrations', import.meta.url).pathname;

const serviceRoles = [
  'frontdesk_webhook_ingress',
  'frontdesk_conversation_worker',
  'frontdesk_messaging_worker',
  'frontdesk_payments',
  'frontdesk_api',
  'frontdesk_relay',
  'frontdesk_retention',
];

/** An address with user name and password, and the roles that its connections may take. */
export type Login = { url: string; roles: readonly string[] };

export type MigrateOptions = {
  adminUrl: string;
  /** One login for all services, as on a laptop. */
  appUrl?: string | undefined;
  /** The login of the people who operate the desk; left out, nobody gets what operators may do. */
  operatorUrl?: string | undefined;
  /** Logins with fewer roles, such as one for each service. */
  logins?: readonly Login[];
};

/**
 * Brings the database to the newest migration, as its owner, lets the login of `appUrl` act as the services' roles and the
 * one of `operatorUrl` as an operator. Logins are made when they are missing. Running it again changes nothing.
 */
export async function migrate({ adminUrl, appUrl, operatorUrl, logins = [] }: MigrateOptions): Promise<void> {
  await runner({
    databaseUrl: adminUrl,
    dir: migrationsFolder,
    direction: 'up',
    migrationsTable: 'migrations',
    singleTransaction: true,
    advisoryLockMode: 'wait',
    log: () => {},
  });
  const shared = [
    { url: appUrl, roles: serviceRoles },
    { url: operatorUrl, roles: ['frontdesk_operator'] },
  ];
  for (const { url, roles } of [...shared, ...logins]) {
    if (url !== undefined) await grantRoles(adminUrl, new URL(url), roles);
  }
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
