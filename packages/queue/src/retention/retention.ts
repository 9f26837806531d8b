import { createPool } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { metrics } from '@opentelemetry/api';
import { createSweep, type Sweep } from '../sweep.ts';
import { forgetOld, type Forgotten, type RetentionDays } from './forget-old.ts';

export type RetentionOptions = {
  /** The login of the application, which may act as `frontdesk_retention`. */
  databaseUrl: string;
  days: RetentionDays;
  clock: Clock;
  logger: Logger;
  everyMs?: number;
};

const tenMinutes = 10 * 60 * 1_000;

/** Forgets what is old, again and again. Any number of instances may run: one at a time works, and the others pass. */
export function createRetention({
  databaseUrl,
  days,
  clock,
  logger,
  everyMs = tenMinutes,
}: RetentionOptions): Pick<Sweep, 'start' | 'stop'> {
  const pool = createPool({ url: databaseUrl, role: 'frontdesk_retention', max: 1 });
  const rows = metrics.getMeter('frontdesk').createCounter('frontdesk_retention_rows', {
    description: 'rows deleted because they are old, by table; of the event log, partitions of a day',
  });
  const onForgotten = ({ table, count }: Forgotten) => {
    rows.add(count, { table });
    logger.info({ table, count }, 'old rows were forgotten');
  };
  const sweep = createSweep({
    name: 'what is old enough to forget',
    everyMs,
    sweep: () => forgetOld({ pool, days, clock, logger, onForgotten }),
    logger,
  });
  return {
    start: () => sweep.start(),
    async stop() {
      await sweep.stop();
      await pool.end();
    },
  };
}
