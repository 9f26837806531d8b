import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ServiceName } from '@frontdesk/contracts';
import { outboxShards } from '@frontdesk/db';
import type { Logger, Random } from '@frontdesk/kernel';
import type pg from 'pg';
import { waitingShards } from './claim.ts';
import { drainShard } from './drain-shard.ts';
import { measureLag, type Lag } from './lag.ts';
import { relayMetrics } from './relay-metrics.ts';
import { startPartitionKeeper } from './partition-keeper.ts';
import { startSignalLoop, type SignalLoop } from './signal-loop.ts';

export type RelayOptions = {
  /** Connections that act as `frontdesk_relay`, five at best: one per shard and one to look around. */
  pool: pg.Pool;
  /** Whose rows are published: the service that wrote them. */
  producer: ServiceName;
  sqs: SQSClient;
  logger: Logger;
  random?: Random;
  /** How often the outbox is looked at without being poked. */
  pollMs?: number;
  /** Most rows of one claim. */
  claimSize?: number;
};

export type Relay = {
  start(): void;
  /** Something was committed: look at once. Cheap, and safe to call after every commit. */
  poke(): void;
  /** Waits for the claims in hand. */
  stop(): Promise<void>;
  lag(): Promise<Lag>;
};

/**
 * Publishes what this service wrote to its outbox: at least once, each group in the order of its commits. Any number of
 * instances may run; the one whose commit woke it publishes, and a shard is published by one at a time.
 */
export function createRelay(options: RelayOptions): Relay {
  const { pool, producer, sqs, logger, random = Math.random, pollMs = 1_000, claimSize = 500 } = options;
  let parts: { stop(): Promise<void> }[] = [];
  let lookAround: SignalLoop | undefined;

  const startShard = (shard: number, onPublished: (entries: number) => void) =>
    startSignalLoop({
      round: () => drainShard({ pool, sqs, shard: { producer, shard }, claimSize, onPublished }),
      onFailure: (error) => logger.warn({ producer, shard, error }, 'the relay could not publish; it will try again'),
      random,
    });

  return {
    start() {
      if (lookAround !== undefined) return;
      const metrics = relayMetrics(producer, () => measureLag(pool, producer));
      const shards = Array.from({ length: outboxShards }, (_, shard) => startShard(shard, metrics.published));
      const loop = startSignalLoop({
        round: async () => {
          for (const shard of await waitingShards(pool, producer, outboxShards)) shards[shard]?.wake();
        },
        onFailure: (error) => logger.warn({ producer, error }, 'the relay could not look into the outbox'),
        random,
      });
      const poll = setInterval(() => loop.wake(), pollMs);
      lookAround = loop;
      loop.wake();
      parts = [
        loop,
        ...shards,
        startPartitionKeeper({ pool, logger }),
        metrics,
        { stop: async () => clearInterval(poll) },
      ];
    },
    poke: () => lookAround?.wake(),
    async stop() {
      lookAround = undefined;
      await Promise.all(parts.map((part) => part.stop()));
      parts = [];
    },
    lag: () => measureLag(pool, producer),
  };
}
