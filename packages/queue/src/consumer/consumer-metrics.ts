import { metrics } from '@opentelemetry/api';

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

export type ConsumerMetrics = ReturnType<typeof consumerMetrics>;

/** What a consumer tells Prometheus. */
export function consumerMetrics(queue: string) {
  const meter = metrics.getMeter('frontdesk');
  const handlerSeconds = meter.createHistogram('frontdesk_queue_handler_seconds', {
    description: 'time from taking a message up to the end of its handler',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  const waitSeconds = meter.createHistogram('frontdesk_queue_wait_seconds', {
    description: 'time from the event itself until its handler begins: outbox, relay and queue',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  const duplicates = meter.createCounter('frontdesk_queue_duplicates', { description: 'events seen before' });
  const parked = meter.createCounter('frontdesk_queue_parked', { description: 'messages refused, with a reason' });
  const retries = meter.createCounter('frontdesk_queue_retries', { description: 'messages to be tried again' });
  return {
    waited: (type: string, since: string, now: Temporal.Instant) =>
      waitSeconds.record(now.since(Temporal.Instant.from(since)).total('seconds'), { queue, type }),
    handled: (type: string, outcome: 'done' | 'failed', startedMs: number) =>
      handlerSeconds.record((performance.now() - startedMs) / 1_000, { queue, type, outcome }),
    duplicate: (type: string) => duplicates.add(1, { queue, type }),
    // The type of a parked message may be anything, so it is no label.
    parked: (_type: string | null) => parked.add(1, { queue }),
    retried: (type: string) => retries.add(1, { queue, type }),
  };
}
