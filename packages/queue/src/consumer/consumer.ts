import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ContextName } from '@frontdesk/contracts';
import type { TenantDatabase, TenantTransaction } from '@frontdesk/db';
import type { Clock, Logger, Random } from '@frontdesk/kernel';
import type { Handler } from './handler.ts';

export type ConsumerOptions<Tx extends TenantTransaction = TenantTransaction> = {
  /** Whose queue is read. */
  context: ContextName;
  sqs: SQSClient;
  database: TenantDatabase<Tx>;
  handlers: readonly Handler<Tx>[];
  logger: Logger;
  clock: Clock;
  random?: Random;
  /** Messages in hand at once. */
  concurrency?: number;
  /** How long SQS hides a message from others; renewed at a third of it while the message is in hand. */
  visibilitySeconds?: number;
  /** The longest wait of one poll. */
  waitSeconds?: number;
  /** How long `stop` waits for what is in hand. */
  stopWithinMs?: number;
  /** Waits between tries of a message, and how many tries it gets before it is parked. */
  retry?: { baseMs: number; capMs: number; tries: number };
  /** `off` is for the tests that show why the inbox is needed. */
  inbox?: 'on' | 'off';
};

export type Consumer = { start(): void; stop(): Promise<void> };

export function createConsumer<Tx extends TenantTransaction>(_options: ConsumerOptions<Tx>): Consumer {
  throw new Error('pending');
}
