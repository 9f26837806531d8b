import type pg from 'pg';
import { createPool } from './connection.ts';
import { statement, transactionOn } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import type { TenantTransaction } from './tenant-transaction.ts';

/** A transaction of an operator: it sees the rows of all clinics, but no column with what a person wrote, a name or a number. */
export type OperatorTransaction = TenantTransaction & Search;

type Search = {
  /** Runs a statement whose conditions were put together, with every value as a parameter. */
  search<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
};

/** The database as the people see it who operate the desk. Its login is not the application's. */
export type OperatorDatabase = Search & {
  /** Values in the template become parameters, never SQL text. */
  query<Row>(sql: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>;
  inTransaction<T>(work: (tx: OperatorTransaction) => Promise<T>): Promise<T>;
  /** The connections themselves, for the relay of what operators publish. */
  readonly pool: pg.Pool;
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type OperatorDatabaseOptions = {
  /** `DATABASE_OPERATOR_URL`: a login that may act as `frontdesk_operator` and as nothing else. */
  url: string;
  max?: number;
  /** A look through the history of months takes its time. */
  statementTimeoutMs?: number;
};

export function createOperatorDatabase(options: OperatorDatabaseOptions): OperatorDatabase {
  const { url, max = 3, statementTimeoutMs = 60_000 } = options;
  const pool = createPool({ url, role: 'frontdesk_operator', max, statementTimeoutMs });
  return {
    pool,
    query: async (sql, ...values) => (await pool.query(statement(sql, values))).rows,
    search: searchOn(pool),
    inTransaction: (work) =>
      inTransaction(pool, 'begin', (client) => work({ ...transactionOn(client), search: searchOn(client) })),
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

function searchOn(connection: Pick<pg.ClientBase, 'query'>): Search['search'] {
  return async <Row>(text: string, values: readonly unknown[]) =>
    (await connection.query(text, [...values])).rows as Row[]; // the caller names the rows that its statement selects
}
