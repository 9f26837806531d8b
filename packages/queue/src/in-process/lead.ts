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
  /** Something went wrong over it: it is closed, and whoever comes next takes the lead anew. */
  drop(): void;
  /** Gives the lead to others, who can have it when this resolves. */
  end(): Promise<void>;
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

  const drop = () => {
    held?.off('error', drop).off('end', drop).release(true); // with it goes the lock
    held = null;
  };

  const take = async (): Promise<pg.PoolClient | null> => {
    const connection = await pool.connect();
    const isFree = await tryLock(connection).catch((error: unknown) => {
      connection.release(true);
      throw error;
    });
    if (!isFree) {
      connection.release();
      if (!waits) logger.warn({}, 'another process hands out the events of this database; this one stands by');
      waits = true;
      return null;
    }
    waits = false;
    held = connection.once('error', drop).once('end', drop);
    try {
      await onTaken(connection);
    } catch (error) {
      drop();
      throw error;
    }
    return held;
  };

  return {
    connection: async () => held ?? take(),
    drop,
    async end() {
      // A server that is told good-bye takes a moment to let go of the lock by itself.
      await held?.query('select pg_advisory_unlock(hashtext($1), 0)', [lockNamespace]).catch(() => {});
      drop();
    },
  };
}

async function tryLock(connection: pg.PoolClient): Promise<boolean> {
  const { rows } = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock(hashtext($1), 0) as taken', [
    lockNamespace,
  ]);
  return rows[0]?.taken === true;
}
