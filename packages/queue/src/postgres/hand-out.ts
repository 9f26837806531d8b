import { deliveryIds, type Replay } from '@frontdesk/contracts';
import type pg from 'pg';
import type { Received } from '../consumer/read-message.ts';

type Connection = Pick<pg.ClientBase, 'query'>;

/** How many messages of which queue are wanted. */
export type Wanted = ReadonlyMap<string, number>;

type HandedOutRow = {
  id: string;
  queue: string;
  eventId: string;
  groupId: string;
  body: string;
  tries: number;
  replay: Replay | null;
};

/** So many of the oldest rows of a queue are looked through; behind them one looks from group to group. */
const near = 200;

/**
 * Hands out the oldest rows that are the first of their group and due, but for those in `except`, and counts the try: one
 * statement, which is committed before any handler runs. However many rows wait behind the first of a group, none is read.
 */
export async function handOut(
  connection: Connection,
  wanted: Wanted,
  except: readonly string[],
): Promise<{ queue: string; message: Received }[]> {
  const { rows } = await connection.query<HandedOutRow>({
    name: 'in-process-hand-out',
    text: `
      with recursive wanted as (
        select * from unnest($1::text[], $2::int[]) as wanted (queue, most)),
      near as (
        select wanted.queue, first.id from wanted, lateral (
          select o.id
          from (select id, queue, group_id, not_before from outbox where queue = wanted.queue order by id limit $4) o
          where o.id <> all ($3::bigint[]) and (o.not_before is null or o.not_before <= clock_timestamp())
            and not exists (select from outbox earlier
              where earlier.queue = o.queue and earlier.group_id = o.group_id and earlier.id < o.id)
          order by o.id limit wanted.most) as first),
      lacking as (
        select queue, most from wanted
        where (select count(*) from near where near.queue = wanted.queue) < most
          and exists (select from outbox o where o.queue = wanted.queue order by o.id offset $4)),
      heads as (
        select lacking.queue, head.* from lacking, lateral (
          select o.group_id, o.id, o.not_before from outbox o where o.queue = lacking.queue
          order by o.group_id, o.id limit 1) as head
        union all
        select heads.queue, head.* from heads, lateral (
          select o.group_id, o.id, o.not_before from outbox o where o.queue = heads.queue and o.group_id > heads.group_id
          order by o.group_id, o.id limit 1) as head),
      picked as (
        select id from near
        union
        select first.id from lacking, lateral (
          select id from heads
          where heads.queue = lacking.queue and id <> all ($3::bigint[])
            and (not_before is null or not_before <= clock_timestamp())
          order by id limit lacking.most) as first)
      update outbox o set tries = o.tries + 1, handed_out_at = clock_timestamp(), not_before = null
      from picked where o.id = picked.id
      returning o.id::text, o.queue, o.event_id as "eventId", o.group_id as "groupId", o.envelope::text as body,
        o.tries::int as tries, o.envelope -> 'replay' as replay`,
    values: [[...wanted.keys()], [...wanted.values()], except, near],
  });
  return rows.map(({ queue, ...row }) => ({ queue, message: asReceived(row) }));
}

function asReceived({ id, eventId, groupId, body, tries, replay }: Omit<HandedOutRow, 'queue'>): Received {
  const { inboxId } = deliveryIds(eventId, replay ?? undefined);
  return { messageId: `outbox-${id}`, receiptHandle: id, groupId, body, tries, inboxId };
}

/** Puts a row back in its place, to be handed out again after the delay. A try that was none is not counted. */
export async function putBack(
  connection: Connection,
  { id, delayMs, tried }: { id: string; delayMs: number; tried: boolean },
): Promise<void> {
  await connection.query({
    name: 'in-process-put-back',
    text: `
      update outbox set handed_out_at = null, not_before = clock_timestamp() + make_interval(secs => $2::float8 / 1000),
        tries = tries - $3::int
      where id = $1`,
    values: [id, delayMs, tried ? 0 : 1],
  });
}

/** The rows that were in hand more than once when a process ended, oldest first: one of them may be why. */
export async function suspectRows(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    'select id::text from outbox where handed_out_at is not null and tries > 1 order by outbox.id',
  );
  return rows.map(({ id }) => id);
}
