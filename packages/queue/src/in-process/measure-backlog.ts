import type pg from 'pg';
import type { Lag } from '../relay/lag.ts';

/** How far handing out is behind: the oldest is the one that waits longest for its first turn, not what is in hand or failed. */
export async function measureBacklog(pool: pg.Pool): Promise<Lag> {
  const { rows } = await pool.query<Lag>({
    name: 'in-process-backlog',
    text: `
      with recursive heads as (
        (select queue, group_id, tries, created_at from outbox order by queue, group_id, id limit 1)
        union all
        select head.* from heads, lateral (
          select o.queue, o.group_id, o.tries, o.created_at from outbox o
          where (o.queue, o.group_id) > (heads.queue, heads.group_id) order by o.queue, o.group_id, o.id limit 1) as head)
      select (select count(*) from outbox)::int as rows, coalesce(extract(epoch from clock_timestamp() - min(created_at)
        filter (where tries = 0)), 0)::float8 as "oldestSeconds"
      from heads`,
  });
  return rows[0] ?? { rows: 0, oldestSeconds: 0 };
}
