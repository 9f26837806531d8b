import type { SQSClient } from '@aws-sdk/client-sqs';
import { outboxShards } from '@frontdesk/db';
import type pg from 'pg';
import { drainShard } from './drain-shard.ts';

export type DrainOutboxOptions = {
  pool: pg.Pool;
  /** Whose rows are published. */
  producer: string;
  sqs: SQSClient;
  /** Most rows of one claim. */
  claimSize?: number;
};

/**
 * Publishes what the producer has in the outbox and returns how many events that were: the relay of those who write now
 * and then, such as operators. Interrupted, the next call goes on.
 * @throws what went wrong, after the rows that SQS did take have left the outbox
 */
export async function drainOutbox({ pool, producer, sqs, claimSize = 500 }: DrainOutboxOptions): Promise<number> {
  let published = 0;
  const onPublished = (entries: number) => {
    published += entries;
  };
  for (let shard = 0; shard < outboxShards; shard += 1) {
    await drainShard({ pool, sqs, shard: { producer, shard }, claimSize, onPublished });
  }
  return published;
}
