import type { Replay } from '@frontdesk/contracts';
import type { OperatorDatabase } from '@frontdesk/db';
import { conditionsOf, type EventSelection } from './event-selection.ts';

/** An event that was published. Ids and plain facts, as the event itself. */
export type PublishedEvent = {
  eventId: string;
  type: string;
  orgId: string;
  producer: string;
  queue: string;
  groupId: string;
  publishedAt: string;
  occurredAt: string;
  correlationId: string;
  causationId: string | null;
  data: unknown;
  replay: Replay | null;
};

/** Selects an event of `event_log e`, or a row of the outbox under the same name. */
export const eventColumns = `e.event_id as "eventId", e.envelope ->> 'type' as type, e.org_id as "orgId", e.producer, e.queue,
  e.group_id as "groupId", e.envelope ->> 'occurredAt' as "occurredAt", e.envelope ->> 'correlationId' as "correlationId",
  e.envelope ->> 'causationId' as "causationId", e.envelope -> 'data' as data, e.envelope -> 'replay' as replay`;

export type PublishedRow = Omit<PublishedEvent, 'publishedAt'> & { publishedAt: Date };

/** The newest of the selected events, at most `most`. */
export async function listEvents(
  database: OperatorDatabase,
  selection: EventSelection,
  most: number,
): Promise<PublishedEvent[]> {
  const { text, values } = conditionsOf(selection);
  const rows = await database.search<PublishedRow>(
    `select ${eventColumns}, e.published_at as "publishedAt" from event_log e
     where ${text} order by e.position desc, e.event_id desc limit ${Math.trunc(most)}`,
    values,
  );
  return rows.map(asPublished);
}

export function asPublished({ publishedAt, ...event }: PublishedRow): PublishedEvent {
  return { ...event, publishedAt: publishedAt.toISOString() };
}
