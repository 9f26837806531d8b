import type { Response } from 'express';
import type pg from 'pg';
import { Problem } from '../contract/problems.ts';
import { createCounter } from '../postgres/counter.ts';

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
  const countOne = createCounter({ pool, name, atMost: perMinute, seconds: windowSeconds });
  return {
    async count(response, key) {
      const { refused, left, ms } = await countOne(key);
      const retryAfterSeconds = Math.max(1, Math.ceil(ms / 1_000));
      response.append('RateLimit-Policy', `"${name}";q=${perMinute};w=${windowSeconds}`);
      response.append('RateLimit', `"${name}";r=${left};t=${retryAfterSeconds}`);
      if (!refused) return;
      const detail = `Wait ${retryAfterSeconds} seconds: the limit per ${name} is ${perMinute} a minute.`;
      throw new Problem('too-many-requests', detail, { retryAfterSeconds });
    },
  };
}
