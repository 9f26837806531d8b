import { Redis } from 'ioredis';

const withinMs = 5_000;

/**
 * What a Redis does when its memory is full: `noeviction`, or something that loses alarms. Read from INFO, since managed ones
 * refuse CONFIG. Null when it does not say.
 */
export async function readEvictionPolicy(url: string): Promise<string | null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: withinMs,
    commandTimeout: withinMs,
    disconnectTimeout: 100,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => {}); // the call below tells it
  try {
    await redis.connect();
    return /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1] ?? null;
  } finally {
    redis.disconnect();
  }
}
