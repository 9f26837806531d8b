import type { Replay } from '@frontdesk/contracts';
import { shardOf, toDate, type OperatorDatabase, type OperatorTransaction } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import { conditionsOf, eventSelectionSchema, type EventSelection } from '../events/event-selection.ts';
import { eventsOf, type Place } from './replayed-events.ts';

/** A replay as it is written down. */
export type StoredReplay = {
  number: number;
  requestedBy: string;
  selection: EventSelection;
  inbox: NonNullable<Replay['inbox']>;
  effects: Replay['effects'];
  perSecond: number;
  /** How many events were selected when it was requested. */
  planned: number;
  /** How many are in the outbox or published. */
  replayed: number;
  requestedAt: string;
  /** Null while it goes on. */
  finishedAt: string | null;
};

type Row = Omit<StoredReplay, 'selection' | 'requestedAt' | 'finishedAt'> & {
  selection: unknown;
  position: string;
  eventId: string;
  requestedAt: Date;
  finishedAt: Date | null;
};

const columns = `number::int, requested_by as "requestedBy", selection, inbox, effects, per_second as "perSecond", planned, replayed,
  position::text, event_id as "eventId", requested_at as "requestedAt", finished_at as "finishedAt"`;

export type NewReplay = Pick<StoredReplay, 'selection' | 'inbox' | 'effects' | 'perSecond' | 'planned'> & {
  operator: string;
  now: Temporal.Instant;
};

export async function storeReplay(tx: OperatorTransaction, replay: NewReplay): Promise<StoredReplay> {
  const { operator, selection, inbox, effects, perSecond, planned, now } = replay;
  const [row] = await tx.search<Row>(
    `insert into replays (requested_by, selection, inbox, effects, per_second, planned, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [operator, JSON.stringify(selection), inbox, effects, perSecond, planned, toDate(now)],
  );
  if (row === undefined) throw new Error('an insert that returns its row returned none');
  return asReplay(row);
}

export async function findReplay(database: OperatorDatabase, number: number): Promise<StoredReplay | null> {
  const [row] = await database.search<Row>(`select ${columns} from replays where number = $1`, [number]);
  return row === undefined ? null : asReplay(row);
}

/** The latest replays, those that go on before all others. */
export async function listReplays(database: OperatorDatabase, most: number): Promise<StoredReplay[]> {
  const rows = await database.search<Row>(
    `select ${columns} from replays order by finished_at is not null, number desc limit $1`,
    [most],
  );
  return rows.map(asReplay);
}

/** Moves the next events of the replay into the outbox, at most `most` of them. Returns how many, and how far it is now. */
export async function takeChunk(
  tx: OperatorTransaction,
  { number, most }: { number: number; most: number },
): Promise<{ taken: number; replay: StoredReplay }> {
  const [row] = await tx.search<Row>(`select ${columns} from replays where number = $1 for update`, [number]);
  if (row === undefined) throw new Error(`replay ${number} is gone`);
  const replay = asReplay(row);
  if (replay.finishedAt !== null) return { taken: 0, replay };
  const place: Place = { position: row.position, eventId: row.eventId };
  const events = await eventsOf(tx, { conditions: conditionsOf(replay.selection), after: place, most });
  const mark: Replay = { number, effects: replay.effects, ...(replay.inbox === 'bypassed' && { inbox: 'bypassed' }) };
  await tx.search(
    `insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
     select (r ->> 'orgId')::uuid, 'operations', r ->> 'queue', r ->> 'groupId', (r ->> 'shard')::smallint,
       (r ->> 'eventId')::uuid, (r -> 'envelope') || jsonb_build_object('replay', $2::jsonb)
     from jsonb_array_elements($1::jsonb) with ordinality as e (r, n) order by n`,
    [JSON.stringify(events.map((event) => ({ ...event, shard: shardOf(event.groupId) }))), JSON.stringify(mark)],
  );
  const last = events.at(-1) ?? place;
  const [moved] = await tx.search<Row>(
    `update replays set replayed = replayed + $2, position = $3, event_id = $4 where number = $1 returning ${columns}`,
    [number, events.length, last.position, last.eventId],
  );
  if (moved === undefined) throw new Error(`replay ${number} is gone`);
  return { taken: events.length, replay: asReplay(moved) };
}

/** Null when it is not known or over already. */
export async function endReplay(
  tx: OperatorTransaction,
  { number, now }: { number: number; now: Temporal.Instant },
): Promise<StoredReplay | null> {
  const [row] = await tx.search<Row>(
    `update replays set finished_at = $2 where number = $1 and finished_at is null returning ${columns}`,
    [number, toDate(now)],
  );
  return row === undefined ? null : asReplay(row);
}

/** Takes what is not published yet out of the outbox. */
export async function takeBack(tx: OperatorTransaction, number: number): Promise<StoredReplay> {
  const [row] = await tx.search<Row>(
    `with unpublished as (
       delete from outbox where producer = 'operations' and (envelope -> 'replay' ->> 'number')::bigint = $1 returning 1)
     update replays set replayed = replayed - (select count(*)::int from unpublished) where number = $1
     returning ${columns}`,
    [number],
  );
  if (row === undefined) throw new Error(`replay ${number} is gone`);
  return asReplay(row);
}

/** One entry for each clinic whose events are concerned. */
export async function auditReplay(
  tx: OperatorTransaction,
  replay: StoredReplay,
  { action, now }: { action: string; now: Temporal.Instant },
): Promise<void> {
  const { number, selection, requestedBy, inbox, effects } = replay;
  const { text, values } = conditionsOf(selection);
  const clinics = await tx.search<{ orgId: string; events: number }>(
    `select e.org_id as "orgId", count(*)::int as events from event_log e where ${text} group by 1`,
    values,
  );
  await tx.$executeRaw`
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select org_id, id, ${`operator:${requestedBy}`}, ${action}, 'replay', ${String(number)},
      jsonb_build_object('inbox', ${inbox}::text, 'effects', ${effects}::text, 'events', events), ${toDate(now)}
    from unnest(${clinics.map(({ orgId }) => orgId)}::uuid[], ${clinics.map(() => newId())}::uuid[],
      ${clinics.map(({ events }) => events)}::int[]) as c (org_id, id, events)`;
}

function asReplay(row: Row): StoredReplay {
  const { number, requestedBy, inbox, effects, perSecond, planned, replayed, requestedAt, finishedAt } = row;
  return {
    number,
    requestedBy,
    selection: eventSelectionSchema.parse(row.selection),
    inbox,
    effects,
    perSecond,
    planned,
    replayed,
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
