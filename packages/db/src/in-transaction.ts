import type pg from 'pg';

/**
 * Runs `work` on one connection, in one transaction that `begin` opens. `work` may call `commit` with its last statement, in the
 * same turn of the event loop: both then travel together.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient, commit: () => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let committed: Promise<pg.QueryResult> | undefined;
  const commit = () => {
    committed ??= client.query('commit');
    committed.catch(() => {}); // whoever waits for the last statement hears of it first
    return committed;
  };
  try {
    const begun = client.query(begin);
    // The first statement travels with the beginning. Had that failed, the server refuses the statement, and so the work ends.
    begun.catch(() => {});
    const result = await work(client, commit);
    await begun;
    const { command } = await commit();
    // The server says so and raises nothing when a statement had failed whose error the work kept to itself.
    if (command !== 'COMMIT') throw new Error('a statement of the transaction had failed, and nothing was committed');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}
