import type { SQSClient } from '@aws-sdk/client-sqs';
import { contexts, type ContextName } from '@frontdesk/contracts';
import { systemClock, type Clock, type Logger } from '@frontdesk/kernel';
import type pg from 'pg';
import { createSweep } from '../sweep.ts';
import type { QueueAge } from './queue-age.ts';
import { queueMetrics, type Sight } from './queue-metrics.ts';
import { readDepth } from './read-depth.ts';

export type QueueWatchOptions = {
  context: ContextName;
  sqs: SQSClient;
  /** Connections that act as `frontdesk_relay`. */
  pool: Pick<pg.Pool, 'query'>;
  age: QueueAge;
  /** How often the queue is looked at. What was seen is told until three such times have passed without another sight. */
  everyMs: number;
  logger: Logger;
  clock?: Clock;
};

/** Looks at a context's queue, its dead-letter queue and its parked messages again and again, for the metrics. */
export function startQueueWatch(options: QueueWatchOptions): { stop(): Promise<void> } {
  const { context, sqs, pool, age, everyMs, logger, clock = systemClock } = options;
  const { queue, deadLetterQueue } = contexts[context];
  let last: { sight: Sight; at: number } | null = null;
  const now = () => clock().epochMilliseconds;

  const part = async <T>(what: string, ask: () => Promise<T>): Promise<T | null> => {
    try {
      return await ask();
    } catch (error) {
      logger.warn({ queue, what, error }, 'a queue could not be looked at');
      return null;
    }
  };
  const look = async () => {
    const [depth, dead, parked] = await Promise.all([
      part('depth', () => readDepth(sqs, queue)),
      part('dead letters', () => readDepth(sqs, deadLetterQueue)),
      part('parked messages', () => countParked(pool, queue)),
    ]);
    const aged = depth === null ? null : { ...depth, oldestSeconds: age.seen(depth, now()) };
    last = { sight: { depth: aged, dead, parked }, at: now() };
  };

  const metrics = queueMetrics(queue, () => (last !== null && now() - last.at <= 3 * everyMs ? last.sight : null));
  const sweep = createSweep({ name: 'queue-watch', everyMs, sweep: look, logger });
  const first = look();
  sweep.start();
  return {
    async stop() {
      await Promise.all([first, sweep.stop()]);
      metrics.stop();
    },
  };
}

async function countParked(pool: Pick<pg.Pool, 'query'>, queue: string): Promise<number> {
  const { rows } = await pool.query<{ open: number }>({
    name: 'open-parked',
    text: 'select open_parked_messages($1) as open',
    values: [queue],
  });
  return rows[0]?.open ?? 0;
}
