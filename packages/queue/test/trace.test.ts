import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { newId, nullLogger } from '@frontdesk/kernel';
import { createRelay } from '@frontdesk/queue';
import { until } from '@frontdesk/testkit';
import { before, setScene, type Scene } from './consumer-scene.ts';
import { commitText } from './outbox-writer.ts';

let scene: Scene;
const exporter = new InMemorySpanExporter();

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  scene = await setScene();
});
afterAll(async () => {
  await scene.close();
  trace.disable();
  propagation.disable();
  context.disable();
});

describe('one trace', () => {
  it('runs from the commit through the relay and the queue into the handler, linked with the receive that brought it', async () => {
    const writer = scene.postgres.as('frontdesk_conversation_worker');
    const webhook = trace.getTracer('test').startSpan('webhook');
    const { traceId } = webhook.spanContext();
    const eventId = await context.with(trace.setSpan(context.active(), webhook), () =>
      commitText(writer, scene.orgId, newId()),
    );
    webhook.end();
    const relay = createRelay({
      pool: scene.postgres.poolAs('frontdesk_relay'),
      producer: 'conversation-worker',
      sqs: scene.queues.sqs,
      logger: nullLogger,
    });
    relay.start();
    let traceIdInHandler: string | undefined;
    scene.startConsumer(
      before(() => {
        traceIdInHandler = trace.getActiveSpan()?.spanContext().traceId;
      }),
    );
    await until('the handler', () => traceIdInHandler);
    await scene.queueIsEmpty();
    await relay.stop();
    await scene.stopConsumers();
    expect(traceIdInHandler).toBe(traceId);
    const spans = exporter.getFinishedSpans();
    const ofTheTrace = spans.filter((span) => span.spanContext().traceId === traceId);
    const [, sent, processed] = ofTheTrace;
    expect(ofTheTrace.map(({ name }) => name)).toEqual([
      'webhook',
      'send messaging.fifo',
      'process messaging.text-requested.v1',
    ]);
    for (const span of [sent, processed]) expect(span?.attributes['messaging.message.id']).toBe(eventId);
    expect(sent?.parentSpanContext?.spanId).toBe(webhook.spanContext().spanId);
    expect(processed?.parentSpanContext?.spanId).toBe(sent?.spanContext().spanId);

    const received = spans.find(({ name }) => name === 'receive messaging.fifo');
    expect(received?.parentSpanContext).toBeUndefined();
    expect(received?.links.map((link) => link.context.spanId)).toEqual([sent?.spanContext().spanId]);
    expect(processed?.links.map((link) => link.context.spanId)).toEqual([received?.spanContext().spanId]);
  });
});
