import type pg from 'pg';
import type { Lag } from '../relay/lag.ts';

/** How far handing out is behind: the oldest is the one that waits longest for its first turn, not what is in hand or failed. */
export async function measureBacklog(pool: pg.Pool): Promise<Lag> {
  const { rows } = await pool.query<Lag>({
    name: 'in-process-backlog',
    text: `
      select count(*)::int as rows, coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (
          where tries = 0 and not exists (select from outbox earlier
            where earlier.queue = o.queue and earlier.group_id = o.group_id and earlier.id < o.id))), 0)::float8
        as "oldestSeconds"
      from outbox o`,
  });
  return rows[0] ?? { rows: 0, oldestSeconds: 0 };
}
