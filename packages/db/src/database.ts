import type { Id } from '@frontdesk/kernel';
import pg from 'pg';
import { createPool, type ConnectionOptions } from './connection.ts';
import { inTransaction } from './in-transaction.ts';
import { assertOrgId, type TenantDatabase, type TenantTransaction } from './tenant-transaction.ts';
import { withheldMark } from './withheld-mark.ts';

export type DatabaseOptions = ConnectionOptions & {
  /** Called after commits that may have added to the outbox, for the relay to look at once. */
  onCommit?: () => void;
};

/** The database over plain `pg`: for what happens with every text. */
export type Database = TenantDatabase;

export function createDatabase({ onCommit, ...options }: DatabaseOptions): Database {
  const pool = createPool(options);
  return {
    async inTenant(orgId, work) {
      let hasEvents = false;
      const result = await inTenants(pool, [orgId], (client) => work(transactionOn(client, () => (hasEvents = true))));
      if (hasEvents) onCommit?.();
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
  return inTransaction(pool, `begin; set local app.org_ids = '${orgIds.join(',')}'${withholding()}`, work);
}

/** Tells the database that what the transaction writes stays in the house, when it handles a replay whose effects are withheld. */
function withholding(): string {
  const mark = withheldMark();
  return mark === null ? '' : `; set local app.replay = ${pg.escapeLiteral(mark)}`;
}

/** `onEvent` is called for each statement that adds to the outbox. */
export function transactionOn(client: pg.ClientBase, onEvent?: () => void): TenantTransaction {
  const run = (sql: TemplateStringsArray, values: readonly unknown[]) => {
    if (prepared(sql).addsEvent) onEvent?.();
    return client.query(statement(sql, values));
  };
  return {
    $queryRaw: async <Rows>(sql: TemplateStringsArray, ...values: readonly unknown[]) =>
      (await run(sql, values)).rows as Rows, // the caller names the rows that its statement selects
    $executeRaw: async (sql, ...values) => (await run(sql, values)).rowCount ?? 0,
  };
}

export function statement(sql: TemplateStringsArray, values: readonly unknown[]): pg.QueryConfig {
  const { name, text } = prepared(sql);
  return { name, text, values: [...values] };
}

type Prepared = { name: string; text: string; addsEvent: boolean };

const known = new WeakMap<TemplateStringsArray, Prepared>();
let named = 0;

/** Each statement of the code has a name, under which each connection prepares it once. */
function prepared(sql: TemplateStringsArray): Prepared {
  const before = known.get(sql);
  if (before !== undefined) return before;
  const text = sql.reduce((all, part, n) => `${all}$${n}${part}`);
  const made = { name: `s${named++}`, text, addsEvent: /\binsert into outbox\b/.test(text) };
  known.set(sql, made);
  return made;
}
