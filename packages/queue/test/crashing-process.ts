import { TextRequestedV1 } from '@frontdesk/contracts';
import { createDatabase, createPool } from '@frontdesk/db';
import { armFailpoints, nullLogger, systemClock } from '@frontdesk/kernel';
import { createConsumer, createRelay, createSqs, on, sqsInbound } from '@frontdesk/queue';

/** A small service, relay and consumer, in a process that a failpoint kills. Its settings are its arguments. */
const [url = '', endpoint = '', failpointName] = process.argv.slice(2);
if (failpointName !== undefined) armFailpoints([failpointName]);

const sqs = createSqs({ endpoint, region: 'us-east-1' });
const database = createDatabase({ url, role: 'frontdesk_messaging_worker', max: 5 });
const relay = createRelay({
  pool: createPool({ url, role: 'frontdesk_relay', max: 5 }),
  producer: 'conversation-worker',
  sqs,
  logger: nullLogger,
  pollMs: 50,
});
const recordEffect = on(TextRequestedV1, async (event, once) => {
  await once((tx) => tx.$executeRaw`insert into effects (event_id) values (${event.id}::uuid)`);
});
const consumer = createConsumer({
  context: 'messaging',
  inbound: sqsInbound({ sqs, queue: 'messaging.fifo', visibilitySeconds: 1 }),
  database,
  handlers: [recordEffect],
  logger: nullLogger,
  clock: systemClock,
});
relay.start();
consumer.start();
