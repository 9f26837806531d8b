import { ConfigFault } from '@frontdesk/kernel';
import pg from 'pg';
import { GatheringClient } from './gathering-client.ts';

const int8 = 20;
/** `bigint` columns come as bigint, as Prisma gives them; everything else as `pg` gives it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === int8 ? BigInt : pg.types.getTypeParser(oid, format)),
};

/** The role that a connection acts as; its grants say what it may write. */
export type DatabaseRole =
  `frontdesk_${'webhook_ingress' | 'conversation_worker' | 'messaging_worker' | 'payments' | 'api' | 'relay' | 'retention' | 'operator'}`;

export type ConnectionOptions = {
  /** `DATABASE_URL`: the login of the application, never the owner. */
  url: string;
  role: DatabaseRole;
  /** Most connections at once. All services together stay under 80. */
  max: number;
  /** A statement that takes longer is ended: ten seconds, unless somebody waits for less. */
  statementTimeoutMs?: number;
  /** Further settings of the server for these connections, by name. */
  settings?: Readonly<Record<string, string>>;
};

/**
 * Settings for connections whose statements all find a few rows by their keys. Other plans look cheaper while tables are small
 * or not yet analyzed, stay in use as they grow, and then read all rows of a clinic.
 */
export const keyLookUps = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' } as const;

/** The server ends a statement that takes too long; a network that swallows packets needs somebody on this side who does. */
const answerLaterThanServerMs = 3_000;

/** What `pg` needs to open connections that act as one role and never wait for ever. */
export function poolConfig(options: ConnectionOptions): pg.PoolConfig {
  const { url, role, max, statementTimeoutMs = 10_000, settings = {} } = options;
  const all = { role, jit: 'off', idle_in_transaction_session_timeout: '30000', ...settings };
  return {
    Client: GatheringClient,
    connectionString: url,
    max,
    options: Object.entries(all)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + answerLaterThanServerMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // Statements travel without waiting for the answers to earlier ones; the server still runs them one after another.
    pipeline: true,
  };
}

/** A plain `pg` pool, for the few statements that are hot enough to need one: webhook ingress and the relay. */
export function createPool(options: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({ ...poolConfig(options), types });
  // A connection that the server ends fails the statement that it runs and is replaced at the next use. The event that
  // comes besides, with or without a statement, must not end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Refuses a login that row-level security does not bind.
 * @throws ConfigFault when the connected role is a superuser, may bypass row-level security or owns the tables
 */
export async function assertBoundByRowLevelSecurity(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const { rows } = await pool.query<{ login: string; too_strong: boolean }>(`
    select session_user as login, bool_or(rolsuper or rolbypassrls or pg_has_role(rolname, tableowner, 'usage')) as too_strong
    from pg_roles, (select tableowner from pg_tables where schemaname = 'public' and tablename = 'organizations') owner
    where rolname in (session_user, current_user)
    group by 1`);
  if (rows[0]?.too_strong !== false) {
    throw new ConfigFault(
      `DATABASE_URL logs in as ${rows[0]?.login ?? 'an unknown role'}, which row-level security does not bind: ` +
        'use the application login (a role without superuser, bypassrls or ownership of the tables), and run the migrations first',
    );
  }
}
