import type { Clock, Logger } from '@frontdesk/kernel';
import type pg from 'pg';

/** How many days what is kept. */
export type RetentionDays = {
  eventLog: number;
  /** Longer than the event log by what SQS keeps, or a replay would be handled again that the inbox is to absorb. */
  inbox: number;
  webhooks: number;
  /** Counted from when it was resolved. What is not resolved stays. */
  parked: number;
  /** Answers of the administration, kept for requests that are repeated. */
  idempotencyKeys: number;
};

export type Forgotten = {
  table: 'event_log' | 'inbox' | 'webhook_events' | 'parked_messages' | 'idempotency_keys' | 'erased_ids';
  count: number;
};

export type ForgetOptions = {
  /** Connections that act as `frontdesk_retention`. */
  pool: pg.Pool;
  days: RetentionDays;
  clock: Clock;
  logger: Logger;
  onForgotten?: (forgotten: Forgotten) => void;
  /** Most rows of one statement. */
  batchSize?: number;
  /** Most statements for one table; what is left waits for the next round. */
  mostBatches?: number;
};

const lockName = 'frontdesk.retention';

/** One round, in bounded batches. Does nothing while another instance is at it. */
export async function forgetOld(options: ForgetOptions): Promise<void> {
  const { pool, logger } = options;
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtext($1)) as mine', [
      lockName,
    ]);
    if (rows[0]?.mine !== true) return;
    for (const step of steps) {
      // A table that is locked by somebody must not keep the others from getting smaller.
      await run(client, step, options).catch((error: unknown) =>
        logger.warn({ table: step.table, error }, 'old rows could not be forgotten; the next round tries again'),
      );
    }
    await client.query('select pg_advisory_unlock(hashtext($1))', [lockName]);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // The lock of a connection in an unknown state ends with the connection.
    client.release(broken);
  }
}

type Step = { table: Forgotten['table']; days: keyof RetentionDays; statement: string };

const rowsOf = (table: Forgotten['table'], column: string) => `
  with old as (
    delete from ${table} where ctid = any (array(select ctid from ${table} where ${column} < $1 limit $2)) returning 1)
  select count(*)::int as count, count(*)::int as batch from old`;

const steps: readonly Step[] = [
  {
    table: 'event_log',
    days: 'eventLog',
    statement: 'select partitions + rows as count, rows as batch from forget_event_log($1, $2)',
  },
  { table: 'inbox', days: 'inbox', statement: rowsOf('inbox', 'handled_at') },
  { table: 'webhook_events', days: 'webhooks', statement: rowsOf('webhook_events', 'verified_at') },
  { table: 'parked_messages', days: 'parked', statement: rowsOf('parked_messages', 'resolved_at') },
  // What a replay could still name is as old as what it could still bring.
  { table: 'erased_ids', days: 'inbox', statement: rowsOf('erased_ids', 'erased_at') },
  { table: 'idempotency_keys', days: 'idempotencyKeys', statement: rowsOf('idempotency_keys', 'created_at') },
];

async function run(
  client: pg.ClientBase,
  { table, days: which, statement }: Step,
  { days, clock, onForgotten = () => {}, batchSize = 1_000, mostBatches = 200 }: ForgetOptions,
): Promise<void> {
  const before = new Date(clock().subtract({ hours: 24 * days[which] }).epochMilliseconds);
  let count = 0;
  for (let batches = 0; batches < mostBatches; batches += 1) {
    const { rows } = await client.query<{ count: number; batch: number }>(statement, [before, batchSize]);
    count += rows[0]?.count ?? 0;
    if ((rows[0]?.batch ?? 0) < batchSize) break;
  }
  if (count > 0) onForgotten({ table, count });
}
