import type pg from 'pg';

/** How far publishing is behind. */
export type Lag = { rows: number; oldestSeconds: number };

export async function measureLag(pool: pg.Pool, producer: string): Promise<Lag> {
  const { rows } = await pool.query<Lag>({
    name: 'relay-lag',
    text: `
      select count(*)::int as rows,
        coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as "oldestSeconds"
      from outbox where producer = $1`,
    values: [producer],
  });
  return rows[0] ?? { rows: 0, oldestSeconds: 0 };
}
