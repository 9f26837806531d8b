import type { Replay } from '@frontdesk/contracts';
import { failpoint } from '@frontdesk/kernel';
import pg from 'pg';
import { moveToLog } from '../postgres/move-to-log.ts';

/** A row of the outbox on its way to SQS. */
export type OutboxEntry = {
  /** As text: it only finds the row again. */
  id: string;
  eventId: string;
  queue: string;
  groupId: string;
  /** The envelope as JSON text: the body of the message. */
  body: string;
  traceparent: string | null;
  /** Null: it is published for the first time. */
  replay: Replay | null;
  createdAt: Date;
};

export type Shard = { producer: string; shard: number };

const lockNamespace = 'frontdesk.relay';
const lockTimeoutMs = 1_000;

/**
 * Takes the lead of the shard, publishes its oldest rows with `publish`, and moves those that SQS has to the event log.
 * The lead is an advisory lock of the claim's own transaction: whoever dies or loses the connection loses the lead with
 * it, and no two relays ever publish one shard at once. Returns how many rows were claimed and how many published.
 */
export async function claimAndPublish(
  pool: pg.Pool,
  { producer, shard }: Shard,
  limit: number,
  publish: (entries: readonly OutboxEntry[], lost: AbortSignal) => Promise<ReadonlySet<string>>,
): Promise<{ claimed: number; published: number }> {
  const client = await pool.connect();
  const lost = new AbortController();
  const onLoss = () => lost.abort();
  client.on('error', onLoss);
  let broken: Error | undefined;
  try {
    const [, entries] = await Promise.all([
      client.query(beginAsLeader(producer, shard)),
      oldest(client, { producer, shard }, limit),
    ]);
    failpoint('relay.after-claim');
    const published = entries.length === 0 ? new Set<string>() : await publish(entries, lost.signal);
    if (published.size > 0) failpoint('relay.after-publish');
    // In one write; a commit behind a statement that failed commits nothing.
    await Promise.all([published.size > 0 ? moveToLog(client, [...published]) : undefined, client.query('commit')]);
    return { claimed: entries.length, published: published.size };
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => (broken = cause));
    if (isTakenByAnother(error)) return { claimed: 0, published: 0 };
    throw error;
  } finally {
    client.off('error', onLoss);
    client.release(broken ?? lost.signal.aborted);
  }
}

/** One round trip: the transaction, and its turn at the shard. */
function beginAsLeader(producer: string, shard: number): string {
  const names = [lockNamespace, `${producer}/${shard}`].map((name) => `hashtext(${pg.escapeLiteral(name)})`);
  return `begin; set local lock_timeout = ${lockTimeoutMs}; select pg_advisory_xact_lock(${names.join(', ')})`;
}

function isTakenByAnother(error: unknown): boolean {
  const lockNotAvailable = '55P03';
  return error instanceof pg.DatabaseError && error.code === lockNotAvailable;
}

async function oldest(client: pg.PoolClient, { producer, shard }: Shard, limit: number): Promise<OutboxEntry[]> {
  const { rows } = await client.query<OutboxEntry>({
    name: 'relay-claim',
    text: `
      select id::text, event_id as "eventId", queue, group_id as "groupId", envelope::text as body,
        envelope ->> 'traceparent' as traceparent, envelope -> 'replay' as replay, created_at as "createdAt"
      from outbox where producer = $1 and shard = $2 order by outbox.id limit $3`,
    values: [producer, shard, limit],
  });
  return rows;
}

/** The shards that have rows. */
export async function waitingShards(pool: pg.Pool, producer: string, shards: number): Promise<number[]> {
  const { rows } = await pool.query<{ shard: number }>({
    name: 'relay-waiting',
    text: `
      select shard from generate_series(0, $2 - 1) as shard
      where exists (select from outbox o where o.producer = $1 and o.shard = shard.shard)`,
    values: [producer, shards],
  });
  return rows.map(({ shard }) => shard);
}
