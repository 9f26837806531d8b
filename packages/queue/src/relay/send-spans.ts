import { context, propagation, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { OutboxEntry } from './claim.ts';

export type SendSpans = {
  /** The entries, each naming its span as the parent of what handles it. */
  entries: readonly OutboxEntry[];
  /** Ends the spans once it is known what SQS took. */
  end(taken: ReadonlySet<string>): void;
};

/** A span for each entry in its event's own trace, from the claim until SQS has it. Entries without a trace cost nothing. */
export function startSendSpans(entries: readonly OutboxEntry[]): SendSpans {
  if (propagation.fields().length === 0) return { entries, end: () => {} };
  const spans = new Map<string, Span>();
  return {
    entries: entries.map((entry) => {
      if (entry.traceparent === null) return entry;
      const { span, traceparent } = startSend(entry, entry.traceparent);
      spans.set(entry.id, span);
      return { ...entry, traceparent };
    }),
    end(taken) {
      const heldBack = [...spans].filter(([id]) => !taken.has(id)).map(([, span]) => span);
      // All of a claim are held back for one reason, so one of them tells it.
      heldBack[0]?.setStatus({ code: SpanStatusCode.ERROR, message: 'SQS did not take it' });
      for (const span of heldBack) span.setAttribute('frontdesk.send.held_back', true);
      for (const span of spans.values()) span.end();
    },
  };
}

function startSend({ queue, groupId, eventId, createdAt }: OutboxEntry, traceparent: string) {
  const parent = propagation.extract(context.active(), { traceparent });
  const attributes = {
    'messaging.system': 'aws_sqs',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': queue,
    'messaging.message.id': eventId,
    'aws.sqs.message.group_id': groupId,
    'frontdesk.outbox.wait_ms': Date.now() - createdAt.getTime(),
  };
  const span = trace.getTracer('frontdesk').startSpan(`send ${queue}`, { kind: SpanKind.PRODUCER, attributes }, parent);
  const carrier: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(parent, span), carrier);
  return { span, traceparent: carrier.traceparent ?? traceparent };
}
