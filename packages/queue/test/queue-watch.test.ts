import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { metrics } from '@opentelemetry/api';
import { newId, nullLogger } from '@frontdesk/kernel';
import { createSqsTransport, queueUrl, type Transport } from '@frontdesk/queue';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { until, textRequested } from '@frontdesk/testkit';
import { setScene, type Scene } from './consumer-scene.ts';

let scene: Scene;
let transport: Transport;
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const provider = new MeterProvider({
  readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
});

beforeAll(async () => {
  metrics.setGlobalMeterProvider(provider);
  scene = await setScene();
  transport = createSqsTransport({
    service: 'messaging-worker',
    config: {
      DATABASE_URL: scene.postgres.appUrl,
      AWS_ENDPOINT_URL: scene.queues.endpoint,
      AWS_REGION: 'us-east-1',
      QUEUE_VISIBILITY_SECONDS: 60,
      QUEUE_WATCH_MS: 100,
    },
    logger: nullLogger,
  });
  await transport.start();
});
afterAll(async () => {
  await transport.stop();
  await scene.close();
  metrics.disable();
});

/** What the metrics say now, by name and by the labels besides the queue. */
async function told(): Promise<Record<string, number>> {
  exporter.reset();
  await provider.forceFlush();
  const all = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return Object.fromEntries(
    all.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.flatMap(({ attributes: { queue, state }, value }): [string, number][] =>
        queue === 'messaging.fifo' && typeof value === 'number'
          ? [[`${descriptor.name}${typeof state === 'string' ? ` ${state}` : ''}`, value]]
          : [],
      ),
    ),
  );
}

const untilTold = (expected: Record<string, number>) =>
  until(`the metrics say ${JSON.stringify(expected)}`, async () => {
    const now = await told();
    return Object.entries(expected).every(([name, value]) => now[name] === value) ? now : undefined;
  });

describe('the metrics of a queue', () => {
  it('tell its depth, how long the oldest message waits, its dead letters and what is parked', async () => {
    await untilTold({ 'frontdesk_queue_messages visible': 0, frontdesk_queue_oldest_age_seconds: 0 });

    await scene.submit(textRequested(scene.orgId));
    await scene.submit(textRequested(scene.orgId));
    await untilTold({ 'frontdesk_queue_messages visible': 2 });
    await until('the age grows', async () => Number((await told())['frontdesk_queue_oldest_age_seconds']) > 0);

    const inbound = transport.inbound('messaging');
    const [taken] = await inbound.receive(1, AbortSignal.timeout(10_000));
    await untilTold({ 'frontdesk_queue_messages visible': 1, 'frontdesk_queue_messages in_flight': 1 });
    if (taken !== undefined) await inbound.remove([taken]);
    await untilTold({ 'frontdesk_queue_messages visible': 1, 'frontdesk_queue_messages in_flight': 0 });

    await scene.queues.sqs.send(
      new SendMessageCommand({
        QueueUrl: await queueUrl(scene.queues.sqs, 'messaging-dlq.fifo'),
        MessageBody: '{}',
        MessageGroupId: 'dead',
        MessageDeduplicationId: newId(),
      }),
    );
    await scene.postgres.owner.query(
      `insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body)
       values ($1, $2, 'messaging.fifo', 'one', null, 'refused', '{}'), ($3, null, 'messaging.fifo', 'two', null, 'refused', '{}'),
         ($4, null, 'payments.fifo', 'three', null, 'refused', '{}')`,
      [newId(), scene.orgId, newId(), newId()],
    );
    const now = await untilTold({ frontdesk_queue_dead_letter_messages: 1, frontdesk_queue_parked_open_messages: 2 });
    expect(now).toMatchObject({ 'frontdesk_queue_messages visible': 1, 'frontdesk_queue_messages delayed': 0 });
  });
});
