import type { OperatorDatabase } from '@frontdesk/db';
import { NotFound } from '@frontdesk/kernel';
import { asPublished, eventColumns, type PublishedEvent, type PublishedRow } from './list-events.ts';

/** Everything that was published under one event id: the event itself, and each replay of it. */
export async function showEvent(database: OperatorDatabase, eventId: string): Promise<PublishedEvent[]> {
  const rows = await database.search<PublishedRow>(
    `select ${eventColumns}, e.published_at as "publishedAt" from event_log e where e.event_id = $1
     order by e.position limit 100`,
    [eventId],
  );
  if (rows.length === 0) throw new NotFound(`no event ${eventId} is in the event log`);
  return rows.map(asPublished);
}
