import { contexts, type ServiceName } from '@frontdesk/contracts';
import { assertBoundByRowLevelSecurity, createPool } from '@frontdesk/db';
import type { Logger } from '@frontdesk/kernel';
import { sqsInbound } from './consumer/sqs-inbound.ts';
import { reachQueue } from './queue-url.ts';
import { createRelay } from './relay/relay.ts';
import { createSqs, type SqsOptions } from './sqs.ts';
import type { Transport } from './transport.ts';

export type SqsTransportOptions = SqsOptions & {
  /** Whose outbox rows are published. */
  service: ServiceName;
  databaseUrl: string;
  /** How long SQS hides a message that is in hand from others. */
  visibilitySeconds: number;
  logger: Logger;
};

/** One shard each, and one to look around. */
const relayConnections = 5;

/** The way of a service that runs by itself: its own rows to SQS, its queue from there. */
export function createSqsTransport(options: SqsTransportOptions): Transport {
  const { service, databaseUrl, endpoint, region, visibilitySeconds, logger } = options;
  const pool = createPool({ url: databaseUrl, role: 'frontdesk_relay', max: relayConnections });
  const sqs = createSqs({ endpoint, region });
  const relay = createRelay({ pool, producer: service, sqs, logger });
  return {
    inbound: (context) => sqsInbound({ sqs, queue: contexts[context].queue, visibilitySeconds }),
    poke: () => relay.poke(),
    lag: () => relay.lag(),
    checks: { sqs: () => reachQueue(sqs, queueToReach(service)) },
    async start() {
      await assertBoundByRowLevelSecurity(pool);
      relay.start();
    },
    async stop() {
      await relay.stop();
      sqs.destroy();
      await pool.end();
    },
  };
}

/** A service's own queue; one that reads none asks for the one it fills most. */
function queueToReach(service: ServiceName): string {
  const own = Object.values(contexts).find((context) => context.service === service);
  return (own ?? contexts.conversation).queue;
}
