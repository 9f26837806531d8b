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

/**
 * Hands out the oldest rows that are the first of their group and due, but for those in `except`, and counts the try: one
 * statement, which is committed before any handler runs.
 */
export async function handOut(
  connection: Connection,
  wanted: Wanted,
  except: readonly string[],
): Promise<{ queue: string; message: Received }[]> {
  const { rows } = await connection.query<HandedOutRow>({
    name: 'in-process-hand-out',
    text: `
      with picked as (
        select first.id
        from unnest($1::text[], $2::int[]) as wanted (queue, most), lateral (
          select o.id from outbox o
          where o.queue = wanted.queue and o.id <> all ($3::bigint[])
            and (o.not_before is null or o.not_before <= clock_timestamp())
            and not exists (select from outbox earlier
              where earlier.queue = o.queue and earlier.group_id = o.group_id and earlier.id < o.id)
          order by o.id limit wanted.most) as first)
      update outbox o set tries = o.tries + 1, handed_out_at = clock_timestamp(), not_before = null
      from picked where o.id = picked.id
      returning o.id::text, o.queue, o.event_id as "eventId", o.group_id as "groupId", o.envelope::text as body,
        o.tries::int as tries, o.envelope -> 'replay' as replay`,
    values: [[...wanted.keys()], [...wanted.values()], except],
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
