import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { createSweep, type Sweep } from '@frontdesk/queue';
import { meter } from '@frontdesk/runtime';
import type { BatchObservableCallback } from '@opentelemetry/api';

/** The classes of texts by the number of their priority. */
const priorities = ['reply', 'staff-notice', 'reminder', 'marketing'] as const;

type Backlog = { priority: number | null; texts: number; oldest_seconds: number };

/** Looks again and again at what waits to be sent and at what nobody knows the fate of, of all clinics together. */
export function createBacklogMetrics(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  /** What was seen is told until three such times have passed without another sight. */
  everyMs: number;
  clock: Clock;
  logger: Logger;
}): Sweep {
  const { database, everyMs, clock, logger } = ports;
  const waiting = meter().createObservableGauge('frontdesk_messaging_waiting_texts', {
    description: 'texts that are due and that no carrier was asked to take yet',
  });
  const oldest = meter().createObservableGauge('frontdesk_messaging_waiting_oldest_seconds', {
    description: 'for how long the oldest of them has been due',
    unit: 's',
  });
  const unknown = meter().createObservableGauge('frontdesk_messaging_unknown_open', {
    description: 'texts of the last seven days whose fate nobody knows yet',
  });
  let seen: { rows: Backlog[]; at: number } | null = null;
  const observe: BatchObservableCallback = (result) => {
    if (seen === null || clock().epochMilliseconds - seen.at > 3 * everyMs) return;
    for (const [number, priority] of priorities.entries()) {
      const row = seen.rows.find((each) => each.priority === number);
      result.observe(waiting, row?.texts ?? 0, { priority });
      result.observe(oldest, row?.oldest_seconds ?? 0, { priority });
    }
    result.observe(unknown, seen.rows.find(({ priority }) => priority === null)?.texts ?? 0);
  };
  const all = [waiting, oldest, unknown];
  meter().addBatchObservableCallback(observe, all);
  const sweep = createSweep({
    name: 'what waits to be sent',
    everyMs,
    logger,
    sweep: async () => {
      const rows = await database.lookUp<Backlog>`select priority, texts, oldest_seconds from messaging_backlog()`;
      seen = { rows, at: clock().epochMilliseconds };
    },
  });
  return {
    ...sweep,
    async stop() {
      await sweep.stop();
      meter().removeBatchObservableCallback(observe, all);
    },
  };
}
