import { toInstant, type OperatorDatabase } from '@frontdesk/db';
import type { Queue } from './all-queues.ts';

/** As far back as one looks, so that the answer stays cheap whatever the history. */
const newestEvents = 20_000;

/**
 * When the oldest event was published that the reader of the queue has neither handled nor parked. SQS tells the age of its
 * messages to CloudWatch alone, and asking the queue itself would use up one of a message's tries. Null: there is none
 * among the newest events.
 */
export async function oldestWaiting(database: OperatorDatabase, queue: Queue): Promise<Temporal.Instant | null> {
  const [oldest] = await database.query<{ at: Date | null }>`
    select min(published_at) as at
    from (select event_id, published_at from event_log
      where queue = ${queue.name} and published_at > now() - interval '14 days'
      order by published_at desc limit ${newestEvents}) as newest
    where not exists (select from inbox where consumer = ${queue.service} and inbox.event_id = newest.event_id::text)
      and not exists (select from parked_messages where parked_messages.queue = ${queue.name}
        and case when body is json then body::jsonb ->> 'id' end = newest.event_id::text)`;
  return oldest?.at == null ? null : toInstant(oldest.at);
}
