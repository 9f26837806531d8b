import type { OperatorDatabase } from '@frontdesk/db';

/** Reads rows as an operator: of all clinics, ids and states only. */
export type Look = <Row extends object>(sql: string, values: readonly unknown[]) => Promise<Row[]>;

/** Whose effects are looked at, and when their cause was: all clinics and all times when left out. */
export type Scope = {
  orgId?: string | undefined;
  since?: Temporal.Instant | undefined;
  until?: Temporal.Instant | undefined;
};

export const lookThrough =
  ({ pool }: Pick<OperatorDatabase, 'pool'>): Look =>
  async (sql, values) =>
    (await pool.query(sql, [...values])).rows;
