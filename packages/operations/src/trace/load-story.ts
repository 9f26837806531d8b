import { services, type Replay } from '@frontdesk/contracts';
import type { OperatorDatabase } from '@frontdesk/db';
import { isId } from '@frontdesk/kernel';
import { eventColumns } from '../events/list-events.ts';
import type { StoryKey } from './find-story.ts';

/** Most events of one story that are told, the latest of them. */
const mostEvents = 500;

export type EventRow = {
  eventId: string;
  type: string;
  queue: string;
  producer: string;
  occurredAt: string;
  causationId: string | null;
  data: unknown;
  replay: Replay | null;
  /** Null while it waits in the outbox. */
  publishedAt: Date | null;
};
type InboxRow = { consumer: string; eventId: string; handledAt: Date };
type ParkedRow = { eventId: string; reason: string; parkedAt: Date; resolvedAt: Date | null };
export type TextRow = {
  id: string;
  kind: string;
  state: string;
  reason: string | null;
  stateAt: Date;
  createdAt: Date;
};
export type AttemptRow = {
  id: string;
  messageId: string;
  number: number;
  channel: string;
  outcome: string | null;
  code: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};
export type TurnRow = { id: string; state: string; startedAt: Date; endedAt: Date | null; messageId: string };
type ReplayRow = { number: number; requestedAt: Date };
type WebhookRow = { id: string; provider: string; kind: string; verifiedAt: Date };

/** Everything that is kept of a story. Ids, states and times, never words. */
export type StoryRows = {
  events: EventRow[];
  inbox: InboxRow[];
  parked: ParkedRow[];
  texts: TextRow[];
  attempts: AttemptRow[];
  turns: TurnRow[];
  webhooks: WebhookRow[];
  replays: ReplayRow[];
  /** There is more of it than is told. */
  isCut: boolean;
};

export async function loadStory(database: OperatorDatabase, { correlationId, orgId }: StoryKey): Promise<StoryRows> {
  const found = await database.search<EventRow>(
    `select * from (
       select ${eventColumns}, e.published_at as "publishedAt", e.position as place from event_log e
       where e.envelope ->> 'correlationId' = $1 and e.org_id = $2
       union all
       select ${eventColumns}, null, e.id from outbox e where e.envelope ->> 'correlationId' = $1 and e.org_id = $2
     ) as told order by place desc limit ${mostEvents + 1}`,
    [correlationId, orgId],
  );
  const events = found.slice(0, mostEvents).toReversed();
  const ids = [...new Set(events.map(({ eventId }) => eventId))];
  const replayIds = events.flatMap(({ eventId, replay }) => (replay === null ? [] : [`${eventId}:r${replay.number}`]));
  const replayNumbers = [...new Set(events.flatMap(({ replay }) => replay?.number ?? []))];
  const messageIds = [...new Set(events.flatMap(({ data }) => messageIdOf(data)))];
  const causes = [...new Set(events.flatMap(({ causationId }) => causationId ?? []))].filter(isId);
  const first = events.find(({ publishedAt }) => publishedAt !== null)?.publishedAt ?? new Date(0);
  const [inbox, parked, texts, attempts, turns, webhooks, replays] = await Promise.all([
    database.query<InboxRow>`
      select consumer, event_id as "eventId", handled_at as "handledAt" from inbox
      where consumer = any (${services}::text[]) and event_id = any (${[...ids, ...replayIds]}::text[])`,
    database.query<ParkedRow>`
      select i.id as "eventId", p.reason, p.parked_at as "parkedAt", p.resolved_at as "resolvedAt"
      from parked_messages p join unnest(${ids}::text[]) as i (id) on strpos(p.body, i.id) > 0
      where p.org_id = ${orgId}::uuid and p.parked_at >= ${first}`,
    database.query<TextRow>`
      select id, kind, state, reason, state_at as "stateAt", created_at as "createdAt" from outbound_messages
      where org_id = ${orgId}::uuid and id = any (${messageIds}::uuid[])`,
    database.query<AttemptRow>`
      select a.id, a.message_id as "messageId", a.number::int, coalesce(a.channel, m.channel) as channel, a.outcome, a.error_code as code,
        a.started_at as "startedAt", a.finished_at as "finishedAt"
      from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
      where a.org_id = ${orgId}::uuid and a.message_id = any (${messageIds}::uuid[]) order by a.number`,
    database.query<TurnRow>`
      select t.id, t.state, t.started_at as "startedAt", t.ended_at as "endedAt", m.id as "messageId"
      from inbound_messages m join turns t on t.org_id = m.org_id and t.id = m.handled_turn_id
      where m.org_id = ${orgId}::uuid and m.id = any (${messageIds}::uuid[])`,
    database.query<WebhookRow>`
      select id, provider, kind, verified_at as "verifiedAt" from webhook_events where id = any (${causes}::uuid[])`,
    database.query<ReplayRow>`
      select number::int, requested_at as "requestedAt" from replays where number = any (${replayNumbers}::bigint[])`,
  ]);
  return { events, inbox, parked, texts, attempts, turns, webhooks, replays, isCut: found.length > mostEvents };
}

export function messageIdOf(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('messageId' in data)) return [];
  return typeof data.messageId === 'string' ? [data.messageId] : [];
}
