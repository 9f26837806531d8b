import type { SQSClient } from '@aws-sdk/client-sqs';
import type pg from 'pg';
import { claimAndPublish, type OutboxEntry, type Shard } from './claim.ts';
import { publish } from './publish.ts';
import { startSendSpans } from './send-spans.ts';

/** A claim is held open while SQS answers, at most this long. */
const publishWithinMs = 4_000;

export type DrainOptions = {
  pool: pg.Pool;
  sqs: SQSClient;
  shard: Shard;
  claimSize: number;
  onPublished: (entries: number) => void;
};

/**
 * Publishes until the shard is empty.
 * @throws what went wrong, after the rows that SQS did take have left the outbox
 */
export async function drainShard({ pool, sqs, shard, claimSize, onPublished }: DrainOptions): Promise<void> {
  while (true) {
    let failure: Error | undefined;
    const send = async (entries: readonly OutboxEntry[], lost: AbortSignal) => {
      const spans = startSendSpans(entries);
      const result = await publish(sqs, spans.entries, AbortSignal.any([lost, AbortSignal.timeout(publishWithinMs)]));
      failure = result.failure;
      spans.end(result.ids);
      return result.ids;
    };
    const { claimed, published } = await claimAndPublish(pool, shard, claimSize, send);
    onPublished(published);
    if (failure !== undefined) throw failure;
    if (claimed < claimSize) return;
  }
}
