import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Envelope } from '@frontdesk/contracts';
import { recordInInbox, type TenantDatabase, type TenantTransaction } from '@frontdesk/db';
import { failpoint, type Clock } from '@frontdesk/kernel';
import { handleWithheld } from './handle-withheld.ts';
import type { Handler, Once } from './handler.ts';

export type RunOptions<Tx extends TenantTransaction> = {
  handler: Handler<Tx>;
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
  const { envelope, queue, system } = options;
  const { traceparent } = envelope;
  const parent = traceparent === null ? context.active() : propagation.extract(context.active(), { traceparent });
  const attributes = {
    'messaging.system': system,
    'messaging.operation.type': 'process',
    'messaging.destination.name': queue,
    'messaging.message.id': envelope.id,
    'frontdesk.event.type': envelope.type,
    'frontdesk.correlation.id': envelope.correlationId,
  };
  const span = trace
    .getTracer('frontdesk')
    .startSpan(`process ${envelope.type}`, { kind: SpanKind.CONSUMER, attributes }, parent);
  try {
    await context.with(trace.setSpan(parent, span), () => handle(options));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
    throw error;
  } finally {
    span.end();
  }
}

async function handle<Tx extends TenantTransaction>(options: RunOptions<Tx>): Promise<void> {
  const { handler, envelope } = options;
  const run = () => handler.run(envelope, makeOnce(options));
  const { replay } = envelope;
  await (replay?.effects === 'withheld' ? handleWithheld(replay, { ...options, run }) : run());
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
