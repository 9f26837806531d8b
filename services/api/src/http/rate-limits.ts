import type { Response } from 'express';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../contract/problems.ts';

const windowSeconds = 60;

export type RateLimit = {
  /** Counts one request and says in the headers what is left. @throws Problem when none was */
  count(response: Response, key: string): Promise<void>;
};

/** So many requests in a minute for each key, counted by all instances together. */
export function createRateLimit({
  pool,
  name,
  perMinute,
}: {
  pool: pg.Pool;
  name: string;
  perMinute: number;
}): RateLimit {
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'api_rate_limits',
    tableCreated: true,
    keyPrefix: name,
    points: perMinute,
    duration: windowSeconds,
    inMemoryBlockOnConsumed: perMinute, // who is over the limit costs the database nothing more
  });
  const tell = (response: Response, { remainingPoints, msBeforeNext }: RateLimiterRes) => {
    response.append('RateLimit-Policy', `"${name}";q=${perMinute};w=${windowSeconds}`);
    response.append('RateLimit', `"${name}";r=${remainingPoints};t=${secondsOf(msBeforeNext)}`);
  };
  return {
    async count(response, key) {
      try {
        tell(response, await limiter.consume(key));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        tell(response, refused);
        const retryAfterSeconds = secondsOf(refused.msBeforeNext);
        throw new Problem(
          'too-many-requests',
          `Wait ${retryAfterSeconds} seconds: the limit per ${name} is ${perMinute} a minute.`,
          {
            retryAfterSeconds,
          },
        );
      }
    },
  };
}

const secondsOf = (ms: number) => Math.max(1, Math.ceil(ms / 1_000));
