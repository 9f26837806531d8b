import { context, propagation, SpanKind, trace, type Link } from '@opentelemetry/api';
import type { Received } from './read-message.ts';

/**
 * Tells which messages came in one receive, as a trace of its own: a span that is linked with the send of each. The wait of
 * a long poll says nothing, so the span begins when the answer is there.
 */
export function traceReceived(messages: readonly Received[], queue: string): Received[] {
  if (messages.length === 0 || propagation.fields().length === 0) return [...messages];
  const links = messages.flatMap(({ traceparent }): Link[] => {
    const sent = traceparent === undefined ? undefined : contextOf(traceparent);
    return sent === undefined ? [] : [{ context: sent }];
  });
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.name': 'receive',
    'messaging.operation.type': 'receive',
    'messaging.destination.name': queue,
    'messaging.batch.message_count': messages.length,
  };
  const span = trace
    .getTracer('frontdesk')
    .startSpan(`receive ${queue}`, { kind: SpanKind.CLIENT, root: true, links, attributes });
  span.end();
  return messages.map((message) => ({ ...message, receive: span.spanContext() }));
}

function contextOf(traceparent: string) {
  return trace.getSpanContext(propagation.extract(context.active(), { traceparent }));
}
