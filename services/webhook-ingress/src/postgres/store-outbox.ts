import type { OutboxRow } from '@frontdesk/db';
import type pg from 'pg';
import { jsonRows } from './json-rows.ts';

/** Adds the events to the outbox in their order. The rows of their groups are locked by now. */
export async function storeOutbox(client: pg.ClientBase, events: readonly OutboxRow[]): Promise<void> {
  if (events.length === 0) return;
  await client.query({
    name: 'store-outbox',
    text: `
      insert into outbox (org_id, queue, group_id, shard, event_id, envelope)
      select org_id, queue, group_id, shard, event_id, envelope
      from jsonb_to_recordset($1::jsonb)
        as e (org_id uuid, queue text, group_id text, shard smallint, event_id uuid, envelope jsonb)`,
    values: [
      jsonRows(
        events.map(({ orgId, queue, groupId, shard, eventId, envelope }) => ({
          org_id: orgId,
          queue,
          group_id: groupId,
          shard,
          event_id: eventId,
          envelope,
        })),
      ),
    ],
  });
}
