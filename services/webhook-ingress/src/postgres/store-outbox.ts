import type { OutboxRow } from '@frontdesk/db';
import type pg from 'pg';

/** Adds the events to the outbox in their order. The rows of their groups are locked by now. */
export async function storeOutbox(client: pg.ClientBase, events: readonly OutboxRow[]): Promise<void> {
  if (events.length === 0) return;
  await client.query({
    name: 'store-outbox',
    text: `
      insert into outbox (org_id, queue, group_id, shard, event_id, envelope)
      select org_id, queue, group_id, shard, event_id, envelope::jsonb
      from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::uuid[], $6::text[])
        as e (org_id, queue, group_id, shard, event_id, envelope)`,
    values: [
      events.map(({ orgId }) => orgId),
      events.map(({ queue }) => queue),
      events.map(({ groupId }) => groupId),
      events.map(({ shard }) => shard),
      events.map(({ eventId }) => eventId),
      events.map(({ envelope }) => JSON.stringify(envelope)),
    ],
  });
}
