import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ServiceName } from '@frontdesk/contracts';
import type { Logger, Random } from '@frontdesk/kernel';
import type pg from 'pg';

export type RelayOptions = {
  /** Connections that act as `frontdesk_relay`. */
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

/** How far publishing is behind. */
export type Lag = { rows: number; oldestSeconds: number };

export type Relay = {
  start(): void;
  /** Something was committed: look at once. Cheap, and safe to call after every commit. */
  poke(): void;
  /** Waits for the claims in hand. */
  stop(): Promise<void>;
  lag(): Promise<Lag>;
};

export function createRelay(_options: RelayOptions): Relay {
  throw new Error('pending');
}
