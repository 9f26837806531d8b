import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type { OutboxEntry } from './claim.ts';

/** Adds to each event's trace how long it lay in the outbox. Entries without a trace cost nothing. */
export function tracePublished(entries: readonly OutboxEntry[]): void {
  const tracer = trace.getTracer('frontdesk');
  for (const { traceparent, queue, groupId, eventId, createdAt } of entries) {
    if (traceparent === null) continue;
    const parent = propagation.extract(context.active(), { traceparent });
    const attributes = {
      'messaging.system': 'aws_sqs',
      'messaging.operation.type': 'send',
      'messaging.destination.name': queue,
      'messaging.message.id': eventId,
      'messaging.group.id': groupId,
    };
    tracer.startSpan(`publish ${queue}`, { kind: SpanKind.PRODUCER, startTime: createdAt, attributes }, parent).end();
  }
}
