import type pg from 'pg';

/** Runs `work` on one connection, in one transaction that `begin` opens. */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = client.query(begin);
    // The first statement travels with the beginning. Had that failed, the server refuses the statement, and so the work ends.
    begun.catch(() => {});
    const result = await work(client);
    await begun;
    const { command } = await client.query('commit');
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
