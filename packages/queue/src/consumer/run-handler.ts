import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Envelope } from '@frontdesk/contracts';
import { isInInbox, recordInInbox, type TenantDatabase, type TenantTransaction } from '@frontdesk/db';
import { failpoint, type Clock } from '@frontdesk/kernel';
import { handleWithheld } from './handle-withheld.ts';
import type { Handler, Once } from './handler.ts';
import type { Received } from './read-message.ts';

export type RunOptions<Tx extends TenantTransaction> = {
  handler: Handler<Tx>;
  message: Received;
  envelope: Envelope;
  database: TenantDatabase<Tx>;
  /** The name under which the inbox remembers: the service. */
  consumer: string;
  inboxId: string;
  queue: string;
  /** How OpenTelemetry names what carries the messages. */
  system: string;
  inbox: 'on' | 'off';
  clock: Clock;
  onDuplicate: () => void;
};

/** Runs the handler in a span of the event's own trace, with its `once`. */
export async function runHandler<Tx extends TenantTransaction>(options: RunOptions<Tx>): Promise<void> {
  const { message, envelope, queue, system } = options;
  const traceparent = message.traceparent ?? envelope.traceparent;
  const parent = traceparent === null ? context.active() : propagation.extract(context.active(), { traceparent });
  const attributes = {
    'messaging.system': system,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': queue,
    'messaging.message.id': envelope.id,
    'frontdesk.event.type': envelope.type,
    'frontdesk.correlation.id': envelope.correlationId,
  };
  const links = message.receive === undefined ? [] : [{ context: message.receive }];
  const span = trace
    .getTracer('frontdesk')
    .startSpan(`process ${envelope.type}`, { kind: SpanKind.CONSUMER, attributes, links }, parent);
  try {
    await context.with(trace.setSpan(parent, span), () => handle(options));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
    throw error;
  } finally {
    span.end();
  }
}

/** A replay that the inbox knows ends here: a handler may do something before it asks. */
async function handle<Tx extends TenantTransaction>(options: RunOptions<Tx>): Promise<void> {
  const { handler, envelope, inbox } = options;
  const { replay } = envelope;
  const run = () => handler.run(envelope, makeOnce(options));
  if (replay === undefined) return run();
  if (inbox === 'on' && (await wasHandled(options))) return options.onDuplicate();
  return replay.effects === 'withheld' ? handleWithheld(replay, { ...options, run }) : run();
}

function wasHandled<Tx extends TenantTransaction>(options: RunOptions<Tx>): Promise<boolean> {
  const { database, consumer, inboxId: eventId, envelope } = options;
  return database.inTenant(envelope.orgId, (tx) => isInInbox(tx, { consumer, eventId }));
}

function makeOnce<Tx extends TenantTransaction>(options: RunOptions<Tx>): Once<Tx> {
  const { database, consumer, inboxId, inbox, envelope, onDuplicate } = options;
  return (work) =>
    database.inTenant(envelope.orgId, async (tx) => {
      const isNew = inbox === 'off' || (await recordInInbox(tx, { consumer, eventId: inboxId, orgId: envelope.orgId }));
      if (!isNew) {
        onDuplicate();
        return null;
      }
      const result = await work(tx);
      failpoint('consumer.before-commit');
      return result;
    });
}
