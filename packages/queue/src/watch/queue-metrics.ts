import { metrics, type BatchObservableCallback } from '@opentelemetry/api';
import type { Depth } from './queue-age.ts';

/** What a look at a queue found. Null: that part could not be asked, and is not told. */
export type Sight = { depth: (Depth & { oldestSeconds: number }) | null; dead: Depth | null; parked: number | null };

/** Tells what `sight` says, each time somebody asks. Every instance of a service tells the same: take the greatest, not the sum. */
export function queueMetrics(queue: string, sight: () => Sight | null): { stop(): void } {
  const meter = metrics.getMeter('frontdesk');
  const messages = meter.createObservableGauge('frontdesk_queue_messages', {
    description: 'messages in the queue: waiting (visible), in hand (in_flight), or put off (delayed)',
  });
  const oldest = meter.createObservableGauge('frontdesk_queue_oldest_age_seconds', {
    description: 'age of the oldest message in the queue, as its consumer can know it',
  });
  const dead = meter.createObservableGauge('frontdesk_queue_dead_letter_messages', {
    description: 'messages in the dead-letter queue of this queue',
  });
  const parked = meter.createObservableGauge('frontdesk_queue_parked_open_messages', {
    description: 'refused messages that nobody has settled yet',
  });
  const all = [messages, oldest, dead, parked];
  const observe: BatchObservableCallback = (result) => {
    const seen = sight();
    if (seen === null) return;
    if (seen.depth !== null) {
      result.observe(messages, seen.depth.visible, { queue, state: 'visible' });
      result.observe(messages, seen.depth.inFlight, { queue, state: 'in_flight' });
      result.observe(messages, seen.depth.delayed, { queue, state: 'delayed' });
      result.observe(oldest, seen.depth.oldestSeconds, { queue });
    }
    if (seen.dead !== null) result.observe(dead, seen.dead.visible + seen.dead.inFlight + seen.dead.delayed, { queue });
    if (seen.parked !== null) result.observe(parked, seen.parked, { queue });
  };
  meter.addBatchObservableCallback(observe, all);
  return { stop: () => meter.removeBatchObservableCallback(observe, all) };
}
