import type { Logger } from '@frontdesk/kernel';
import type pg from 'pg';
import { createSweep } from '../sweep.ts';

const sixHours = 6 * 60 * 60 * 1_000;

/** Sees to it that the event log has the partitions of the coming days, at the start and several times a day. */
export function startPartitionKeeper({ pool, logger }: { pool: pg.Pool; logger: Logger }): { stop(): Promise<void> } {
  const keep = async () => {
    await pool.query('select ensure_event_log_partitions()');
  };
  const daily = createSweep({ name: 'event-log-partitions', everyMs: sixHours, sweep: keep, logger });
  const first = keep().catch((error: unknown) =>
    logger.warn({ error }, 'the event log has no partition of its own yet'),
  );
  daily.start();
  return {
    async stop() {
      await Promise.all([first, daily.stop()]);
    },
  };
}
