import { metrics, type BatchObservableCallback } from '@opentelemetry/api';
import type { Lag } from './lag.ts';

/** What the relay tells Prometheus. The lag is measured when somebody asks for it. */
export function relayMetrics(producer: string, lag: () => Promise<Lag>) {
  const meter = metrics.getMeter('frontdesk');
  const rows = meter.createObservableGauge('frontdesk_outbox_rows', { description: 'events not published yet' });
  const oldest = meter.createObservableGauge('frontdesk_outbox_oldest_age_seconds', {
    description: 'age of the oldest event not published yet',
  });
  const published = meter.createCounter('frontdesk_outbox_published', { description: 'events that SQS took' });
  const observe: BatchObservableCallback = async (result) => {
    // While the database does not answer there is nothing to observe; readiness says so.
    const measured = await lag().catch(() => null);
    if (measured === null) return;
    result.observe(rows, measured.rows, { producer });
    result.observe(oldest, measured.oldestSeconds, { producer });
  };
  meter.addBatchObservableCallback(observe, [rows, oldest]);
  return {
    published: (entries: number) => published.add(entries, { producer }),
    stop: async () => meter.removeBatchObservableCallback(observe, [rows, oldest]),
  };
}
