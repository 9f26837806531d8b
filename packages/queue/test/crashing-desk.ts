import { TextRequestedV1 } from '@frontdesk/contracts';
import { createDatabase } from '@frontdesk/db';
import { armFailpoints, nullLogger, systemClock } from '@frontdesk/kernel';
import { createConsumer, createInProcessTransport, on } from '@frontdesk/queue';

/**
 * A small desk in one process, which a failpoint kills, or an event whose handler does. Its settings are its arguments:
 * the database, a failpoint or nothing, the id of the event or nothing.
 */
const [url = '', failpointName = '', poison = ''] = process.argv.slice(2);
if (failpointName !== '') armFailpoints([failpointName]);

const transport = createInProcessTransport({
  databaseUrl: url,
  service: 'crashing-desk',
  logger: nullLogger,
  pollMs: 50,
});
const consumer = createConsumer({
  context: 'messaging',
  inbound: transport.inbound('messaging'),
  database: createDatabase({ url, role: 'frontdesk_messaging_worker', max: 5 }),
  handlers: [
    on(TextRequestedV1, async (event, once) => {
      if (event.id === poison) process.kill(process.pid, 'SIGKILL');
      await once((tx) => tx.$executeRaw`insert into effects (event_id) values (${event.id}::uuid)`);
    }),
  ],
  logger: nullLogger,
  clock: systemClock,
});
await transport.start();
consumer.start();
