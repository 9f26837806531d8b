import { toInstant, type OperatorDatabase } from '@frontdesk/db';
import { allQueues } from './all-queues.ts';
import type { QueueDepth } from './measure-queues.ts';

/** What waits for a consumer in the outbox of a desk without queues. */
export type OutboxDepth = QueueDepth & {
  /** Since when the oldest event waits that was never handed out; null: none does. */
  oldestSince: Temporal.Instant | null;
};

type Row = { queue: string; visible: number; inFlight: number; delayed: number; oldest: Date | null };

/** The backlog of a desk that runs in one process, told like the depths of queues. It parks what SQS would dead-letter. */
export async function measureOutbox(database: OperatorDatabase): Promise<OutboxDepth[]> {
  const rows = await database.query<Row>`
    select queue, count(*) filter (where handed_out_at is not null)::int as "inFlight",
      count(*) filter (where handed_out_at is null and not_before > clock_timestamp())::int as delayed,
      count(*) filter (where handed_out_at is null and (not_before is null or not_before <= clock_timestamp()))::int as visible,
      min(created_at) filter (where tries = 0) as oldest
    from outbox group by queue`;
  return allQueues
    .filter(({ kind }) => kind === 'work')
    .map(({ name, kind }) => {
      const row = rows.find(({ queue }) => queue === name);
      const { visible = 0, inFlight = 0, delayed = 0, oldest = null } = row ?? {};
      return { queue: name, kind, visible, inFlight, delayed, oldestSince: oldest === null ? null : toInstant(oldest) };
    });
}
