import type { Id } from '@frontdesk/kernel';
import pg from 'pg';
import { createPool, type ConnectionOptions } from './connection.ts';
import { assertOrgId, type TenantDatabase, type TenantTransaction } from './tenant-transaction.ts';
import { withheldMark } from './withheld-mark.ts';

export type DatabaseOptions = ConnectionOptions & {
  /** Called after each commit; the relay takes it as a hint that the outbox may have rows. */
  onCommit?: () => void;
};

/** The database over plain `pg`: for what happens with every text. */
export type Database = TenantDatabase;

export function createDatabase({ onCommit, ...options }: DatabaseOptions): Database {
  const pool = createPool(options);
  return {
    async inTenant(orgId, work) {
      const result = await inTenants(pool, [orgId], (client) => work(transactionOn(client)));
      onCommit?.();
      return result;
    },
    lookUp: async (sql, ...values) => (await pool.query(statement(sql, values))).rows,
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

/**
 * Runs `work` on one connection, in one transaction that sees the rows of these clinics alone.
 * Several at once is for webhook ingress, which commits the texts of many clinics together.
 */
export async function inTenants<T>(
  pool: pg.Pool,
  orgIds: readonly Id[],
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  orgIds.forEach(assertOrgId);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = client.query(`begin; set local app.org_ids = '${orgIds.join(',')}'${withholding()}`);
    // The first statement travels with the beginning; had that failed, the server would refuse the statement.
    const [, result] = await Promise.all([begun, work(client)]);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Tells the database that what the transaction writes stays in the house, when it handles a replay whose effects are withheld. */
function withholding(): string {
  const mark = withheldMark();
  return mark === null ? '' : `; set local app.replay = ${pg.escapeLiteral(mark)}`;
}

export function transactionOn(client: pg.ClientBase): TenantTransaction {
  return {
    $queryRaw: async <Rows>(sql: TemplateStringsArray, ...values: readonly unknown[]) =>
      (await client.query(statement(sql, values))).rows as Rows, // the caller names the rows that its statement selects
    $executeRaw: async (sql, ...values) => (await client.query(statement(sql, values))).rowCount ?? 0,
  };
}

const names = new WeakMap<TemplateStringsArray, string>();
let named = 0;

/** Each statement of the code is prepared once per connection. */
export function statement(sql: TemplateStringsArray, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(sql);
  if (name === undefined) names.set(sql, (name = `s${named++}`));
  return { name, text: sql.reduce((text, part, n) => `${text}$${n}${part}`), values: [...values] };
}
