import { DeliveryReportedV1, envelopeSchema } from '@frontdesk/contracts';
import pg from 'pg';
import type { EventItem } from '../feed-items.ts';

export type EventLogOptions = {
  adminUrl: string;
  /** Whose events are followed. */
  orgIds: readonly string[];
  onEvents: (events: readonly EventItem[]) => void;
  /** The carrier's id of a text that was delivered. */
  onDelivered: (carrierId: string) => void;
  everyMs?: number;
};

const mostAtOnce = 500;
/** A relay may commit this long after the time that it published at. */
const lateSeconds = 10;

/** Reads what is added to the event log, as the owner of the database. A failed read is repeated at the next turn. */
export function followEventLog({ adminUrl, orgIds, onEvents, onDelivered, everyMs = 200 }: EventLogOptions) {
  const owner = new pg.Pool({
    connectionString: adminUrl,
    max: 1,
    options: `-c app.org_ids=${orgIds.join(',')}`,
    connectionTimeoutMillis: 2_000,
  });
  owner.on('error', () => {});
  const seen = new Map<string, number>();
  let newest = new Date();
  let stopped = false;
  let wake = () => {};

  const read = async () => {
    const { rows } = await owner.query<{
      published_at: Date;
      queue: string;
      producer: string;
      group_id: string;
      envelope: unknown;
    }>(
      `select published_at, queue, producer, group_id, envelope from event_log
       where published_at > $1::timestamptz - make_interval(secs => $2) and event_id <> all ($3::uuid[])
       order by published_at limit $4`,
      [newest, lateSeconds, [...seen.keys()], mostAtOnce],
    );
    const events = rows.map(({ published_at: publishedAt, queue, producer, group_id: groupId, envelope }) => {
      const { id, type, traceparent, correlationId, data } = envelopeSchema.parse(envelope);
      seen.set(id, publishedAt.getTime());
      if (publishedAt > newest) newest = publishedAt;
      const delivery = type === DeliveryReportedV1.type ? DeliveryReportedV1.schema.safeParse(data) : null;
      if (delivery?.success === true && delivery.data.status === 'delivered')
        onDelivered(delivery.data.providerMessageId);
      return {
        kind: 'event' as const,
        id,
        traceId: traceparent?.split('-')[1] ?? null,
        type,
        queue,
        producer,
        groupId,
        correlationId,
        publishedAt: publishedAt.getTime(),
      };
    });
    for (const [id, at] of seen) {
      if (at < newest.getTime() - 2 * lateSeconds * 1_000) seen.delete(id);
    }
    if (events.length > 0) onEvents(events);
  };

  const follow = async () => {
    while (!stopped) {
      await read().catch(() => {});
      if (stopped) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, everyMs);
      });
    }
  };
  const following = follow();
  return {
    async stop() {
      stopped = true;
      wake();
      await following;
      await owner.end();
    },
  };
}
