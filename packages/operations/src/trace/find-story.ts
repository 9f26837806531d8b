import type { OperatorDatabase } from '@frontdesk/db';
import { isId, NotFound } from '@frontdesk/kernel';

/** A story is all that has one correlation id: a conversation, a call, an order. */
export type StoryKey = { correlationId: string; orgId: string; /** What the id named. */ named: string };

type Finder = { named: string; find: (database: OperatorDatabase, id: string) => Promise<Omit<StoryKey, 'named'>[]> };

/** What an id may be, most likely first. The texts' keys begin with the clinic, so each clinic is asked. */
const finders: readonly Finder[] = [
  {
    named: 'event',
    find: (database, id) => database.query`
      select envelope ->> 'correlationId' as "correlationId", org_id as "orgId" from event_log where event_id = ${id}::uuid
      union all
      select envelope ->> 'correlationId', org_id from outbox where event_id = ${id}::uuid limit 1`,
  },
  {
    named: 'text to a person',
    find: (database, id) => database.query`
      select coalesce(e.envelope ->> 'correlationId', m.conversation_id::text) as "correlationId", m.org_id as "orgId"
      from organizations o cross join lateral (select org_id, conversation_id, created_at from outbound_messages
          where org_id = o.id and id = ${id}::uuid) m
        left join lateral (select envelope from event_log
          where org_id = m.org_id and published_at between m.created_at - interval '1 minute' and m.created_at + interval '1 day'
            and envelope -> 'data' ->> 'messageId' = ${id} limit 1) e on true
      where coalesce(e.envelope ->> 'correlationId', m.conversation_id::text) is not null`,
  },
  {
    named: 'text of a person',
    find: (database, id) => database.query`
      select m.conversation_id::text as "correlationId", m.org_id as "orgId"
      from organizations o cross join lateral (select org_id, conversation_id from inbound_messages
        where org_id = o.id and id = ${id}::uuid) m`,
  },
  {
    named: 'webhook',
    find: (database, id) => database.query`
      select e.envelope ->> 'correlationId' as "correlationId", e.org_id as "orgId"
      from webhook_events w join event_log e on e.envelope ->> 'causationId' = w.id::text
        and e.published_at >= w.verified_at - interval '1 minute'
      where w.id = ${id}::uuid limit 1`,
  },
];

/**
 * Finds the story that an id belongs to: a correlation id, or the id of an event, of a text or of a webhook.
 * @throws NotFound when nothing that is kept has that id
 */
export async function findStory(database: OperatorDatabase, id: string): Promise<StoryKey> {
  const [whole] = await database.query<{ orgId: string }>`
    select org_id as "orgId" from event_log where envelope ->> 'correlationId' = ${id}
    union all
    select org_id from outbox where envelope ->> 'correlationId' = ${id} limit 1`;
  if (whole !== undefined) return { correlationId: id, orgId: whole.orgId, named: 'story' };
  for (const { named, find } of isId(id) ? finders : []) {
    const [found] = await find(database, id);
    if (found !== undefined) return { ...found, named };
  }
  throw new NotFound(`nothing that is kept has the id ${id}: no event, text, webhook or conversation`);
}
