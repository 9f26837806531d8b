import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

export type Counted = {
  /** There were none left. */
  refused: boolean;
  left: number;
  /** Until all are there again. */
  ms: number;
};

/** Counts what happens to each key in a window of so many seconds, by all instances together. */
export function createCounter({
  pool,
  name,
  atMost,
  seconds,
}: {
  pool: pg.Pool;
  name: string;
  atMost: number;
  seconds: number;
}): (key: string) => Promise<Counted> {
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'api_rate_limits',
    tableCreated: true,
    keyPrefix: name,
    points: atMost,
    duration: seconds,
    inMemoryBlockOnConsumed: atMost, // who is over the limit costs the database nothing more
  });
  return async (key) => {
    try {
      return told(await limiter.consume(key), false);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return told(refused, true);
      throw refused;
    }
  };
}

const told = ({ remainingPoints, msBeforeNext }: RateLimiterRes, refused: boolean): Counted => ({
  refused,
  left: remainingPoints,
  ms: msBeforeNext,
});
