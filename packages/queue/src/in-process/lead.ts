import type { Logger } from '@frontdesk/kernel';
import type pg from 'pg';

const lockNamespace = 'frontdesk.in-process';

/** Whether some process has the lead: the desk of this database runs in one process. */
export async function isHandedOut(pool: Pick<pg.Pool, 'query'>): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from pg_locks where locktype = 'advisory' and granted and classid = hashtext($1)::oid and objid = 0 and objsubid = 2
       and database = (select oid from pg_database where datname = current_database())`,
    [lockNamespace],
  );
  return rowCount === 1;
}

export type Lead = {
  /** The connection that holds the lead, taken now if it is free; null while another process has it. */
  connection(): Promise<pg.PoolClient | null>;
  /** Gives the lead to others. */
  end(): void;
};

/**
 * The lead of handing out, one for the whole database: a session's advisory lock on a connection of its own. Rows are handed
 * out over that same connection, so whoever has lost it, for whatever reason, can hand out nothing.
 */
export function makeLead({
  pool,
  onTaken,
  logger,
}: {
  pool: pg.Pool;
  /** Called over the connection each time the lead was taken, before it is used. */
  onTaken: (connection: pg.PoolClient) => Promise<void>;
  logger: Logger;
}): Lead {
  let held: pg.PoolClient | null = null;
  let waits = false;

  const drop = (connection: pg.PoolClient) => {
    if (held !== connection) return;
    held = null;
    connection.release(true); // with it goes the lock
  };

  const take = async (): Promise<pg.PoolClient | null> => {
    const connection = await pool.connect();
    connection.once('error', () => drop(connection));
    connection.once('end', () => drop(connection));
    try {
      const { rows } = await connection.query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtext($1), 0) as taken',
        [lockNamespace],
      );
      if (rows[0]?.taken !== true) {
        connection.release();
        if (!waits) logger.warn({}, 'another process hands out the events of this database; this one stands by');
        waits = true;
        return null;
      }
      waits = false;
      await onTaken(connection);
      return connection;
    } catch (error) {
      connection.release(true);
      throw error;
    }
  };

  return {
    async connection() {
      held ??= await take();
      return held;
    },
    end() {
      if (held !== null) drop(held);
    },
  };
}
