import { catalogue, contexts, type ContextName, type QueueName, type ServiceName } from '@frontdesk/contracts';
import { assertBoundByRowLevelSecurity, assertMigrated, createPool, keyLookUps } from '@frontdesk/db';
import { present, type Logger } from '@frontdesk/kernel';
import { sqsInbound } from './consumer/sqs-inbound.ts';
import { reachQueue } from './queue-url.ts';
import { createRelay } from './relay/relay.ts';
import { createSqs } from './sqs.ts';
import type { Transport } from './transport.ts';
import { makeQueueAge } from './watch/queue-age.ts';
import { startQueueWatch } from './watch/queue-watch.ts';
import { watchedInbound } from './watch/watched-inbound.ts';

export type SqsTransportOptions = {
  /** Whose outbox rows are published. */
  service: ServiceName;
  /** The settings of the service, as far as its queues go. */
  config: {
    DATABASE_URL: string;
    AWS_ENDPOINT_URL?: string | undefined;
    AWS_REGION: string;
    /** How long SQS hides a message that is in hand from others. */
    QUEUE_VISIBILITY_SECONDS: number;
    /** How often the service's own queues are looked at, for the metrics. */
    QUEUE_WATCH_MS: number;
  };
  logger: Logger;
};

/** One shard each, and one to look around. */
const relayConnections = 5;

/** The way of a service that runs by itself: its own rows to SQS, its queue from there. */
export function createSqsTransport({ service, config, logger }: SqsTransportOptions): Transport {
  const { QUEUE_VISIBILITY_SECONDS: visibilitySeconds, QUEUE_WATCH_MS: everyMs } = config;
  const pool = createPool({
    url: config.DATABASE_URL,
    role: 'frontdesk_relay',
    max: relayConnections,
    // Planning the look into the outbox takes longer than the look.
    settings: { ...keyLookUps, enable_bitmapscan: 'off', plan_cache_mode: 'force_generic_plan' },
  });
  const sqs = createSqs({ endpoint: config.AWS_ENDPOINT_URL, region: config.AWS_REGION });
  const relay = createRelay({ pool, producer: service, sqs, logger });
  const age = makeQueueAge();
  const own = contextOf(service);
  let watch: { stop(): Promise<void> } | undefined;
  return {
    inbound: (context) => watchedInbound(sqsInbound({ sqs, queue: contexts[context].queue, visibilitySeconds }), age),
    poke: () => relay.poke(),
    lag: () => relay.lag(),
    checks: { sqs: () => reachQueue(sqs, own === null ? queueFilledBy(service) : contexts[own].queue) },
    async start() {
      await assertMigrated(pool);
      await assertBoundByRowLevelSecurity(pool);
      relay.start();
      if (own !== null) watch = startQueueWatch({ context: own, sqs, pool, age, everyMs, logger });
    },
    async stop() {
      await Promise.all([relay.stop(), watch?.stop()]);
      sqs.destroy();
      await pool.end();
    },
  };
}

/** Of a service that reads no queue: one that it may send to. */
function queueFilledBy(service: ServiceName): QueueName {
  const event = catalogue.find(({ producers }) => producers.includes(service));
  return present(event, `an event that ${service} sends`).queue;
}

/** The context whose queue the service reads. */
function contextOf(service: ServiceName): ContextName | null {
  const own = Object.entries(contexts).find(([, context]) => context.service === service);
  return own === undefined ? null : (own[0] as ContextName); // a key of the literal
}
