import { outboxShards } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type pg from 'pg';
import { queueName } from './start-queue-process.ts';

export const producer = 'conversation-worker';

/** One clinic, so that rows have somebody to belong to. */
export async function makeClinic(owner: pg.Pool): Promise<string> {
  const orgId = newId();
  await owner.query(`insert into organizations (id, name, time_zone) values ($1, 'Bench', 'America/Phoenix')`, [orgId]);
  return orgId;
}

const envelope = `jsonb_build_object('id', id, 'type', 'messaging.text-requested.v1', 'orgId', $1::text,
  'occurredAt', '2026-11-20T10:00:00Z', 'correlationId', id, 'causationId', id, 'traceparent', null,
  'data', jsonb_build_object('messageId', id, 'recipientId', id))`;

/** Commits events as the services leave them behind: ids that sort by time, four events to a group. */
export async function fillOutbox(owner: pg.Pool, orgId: string, rows: number): Promise<void> {
  await owner.query(
    `insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
     select $1::uuid, $2, $3, grp, mod(abs(hashtext(grp)), $5), id, ${envelope}
     from (select uuidv7() as id, 'group-' || (n % greatest($4 / 4, 1)) as grp from generate_series(1, $4) n) new`,
    [orgId, producer, queueName, rows, outboxShards],
  );
}

/** Puts this many published events behind the relay. */
export async function fillEventLog(owner: pg.Pool, orgId: string, rows: number): Promise<void> {
  await owner.query(
    `insert into event_log (published_at, event_id, org_id, producer, queue, group_id, envelope)
     select now(), id, $1::uuid, $2, $3, 'group-' || n, ${envelope}
     from (select uuidv7() as id, n from generate_series(1, $4) n) old`,
    [orgId, producer, queueName, rows],
  );
}

export async function countOf(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from outbox');
  return rows[0]?.count ?? 0;
}

export async function hasRows(owner: pg.Pool): Promise<boolean> {
  const { rowCount } = await owner.query('select from outbox limit 1');
  return rowCount === 1;
}
