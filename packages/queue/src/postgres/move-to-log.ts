import type pg from 'pg';

/** Moves rows that are done from the outbox to the event log. Ids that are no longer there are passed over. */
export async function moveToLog(client: Pick<pg.ClientBase, 'query'>, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'relay-move',
    text: `
      with published as (
        delete from outbox where id = any ($1::bigint[])
        returning id, event_id, org_id, producer, queue, group_id, envelope)
      insert into event_log (published_at, position, event_id, org_id, producer, queue, group_id, envelope)
      select clock_timestamp(), id, event_id, org_id, producer, queue, group_id, envelope from published`,
    values: [ids],
  });
}
