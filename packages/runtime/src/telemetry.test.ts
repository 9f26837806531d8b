import { afterEach, describe, expect, it } from '@jest/globals';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { createServer } from 'node:http';
import { listen } from './listen.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';
import { withSpan } from './with-span.ts';

let telemetry: Telemetry;
afterEach(() => telemetry.shutdown());

const activeTraceparent = () => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
};

describe('metrics that are sent', () => {
  it.each([
    ['prometheus', '"histogram"', '"aggregationTemporality":2'],
    ['cloudwatch', '"exponentialHistogram"', '"aggregationTemporality":1'],
  ] as const)('have the shape that %s reads', async (metricsFor, kind, temporality) => {
    const bodies: string[] = [];
    const collector = await listen(
      createServer((request, response) => {
        request.on('data', (chunk) => bodies.push(String(chunk)));
        request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
      }),
      0,
    );
    telemetry = startTelemetry({ service: 'payments', endpoint: `http://127.0.0.1:${collector.port}`, metricsFor });
    const advice = { explicitBucketBoundaries: [1, 2] };
    metrics.getMeter('test').createHistogram('frontdesk_test_seconds', { advice }).record(1.5);
    metrics.getMeter('test').createCounter('frontdesk_test').add(1);
    await telemetry.shutdown();
    await collector.close();
    const [, ofTest = ''] = bodies.join('').split('"frontdesk_test_seconds"');
    expect(ofTest).toContain(kind);
    expect(ofTest).toContain(temporality);
  });
});

describe('traces', () => {
  it('do not exist without a place to send them', async () => {
    telemetry = startTelemetry({ service: 'payments' });
    await withSpan('work', {}, async (span) => {
      expect(span.isRecording()).toBe(false);
      expect(activeTraceparent()).toBeUndefined();
    });
  });

  it('go on in whoever takes up the traceparent', async () => {
    telemetry = startTelemetry({ service: 'payments', spanExporter: new InMemorySpanExporter() });
    const webhook = await withSpan('webhook', {}, async (span) => ({ span, traceparent: activeTraceparent() }));
    const parent = propagation.extract(context.active(), { traceparent: webhook.traceparent });
    const handler = await context.with(parent, () => withSpan('handler', {}, async (span) => span));
    expect(handler.spanContext().traceId).toBe(webhook.span.spanContext().traceId);
    expect(trace.getSpanContext(parent)?.spanId).toBe(webhook.span.spanContext().spanId);
  });

  it('are sent to the endpoint, with the name of the service, and a failed span is marked', async () => {
    const bodies: string[] = [];
    const collector = await listen(
      createServer((request, response) => {
        request.on('data', (chunk) => bodies.push(String(chunk)));
        request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
      }),
      0,
    );
    telemetry = startTelemetry({ service: 'payments', endpoint: `http://127.0.0.1:${collector.port}` });
    const failing = withSpan('create-link', {}, async () => {
      throw new TypeError('quotes +14805550123');
    });
    await expect(failing).rejects.toThrow(TypeError);
    await telemetry.shutdown();
    await collector.close();
    const sent = bodies.join('');
    expect(sent).toContain('"create-link"');
    expect(sent).toContain('"payments"');
    expect(sent).toContain('"TypeError"');
    expect(sent).not.toContain('+1480');
  });
});
