import { contexts, deliveryIds, maxReceiveCount, type ContextName } from '@frontdesk/contracts';
import type { TenantDatabase, TenantTransaction } from '@frontdesk/db';
import { fullJitter, type Clock, type Logger, type Random } from '@frontdesk/kernel';
import { dropLateNews } from '../postgres/drop-late-news.ts';
import { parkMessage } from '../postgres/park-message.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';
import { dispositionOf } from './disposition.ts';
import type { Handler } from './handler.ts';
import { readEnvelope, whyUnknown, type Received } from './read-message.ts';
import { runHandler } from './run-handler.ts';

/** What is to be done with the message now: it is finished, or it is to be seen again after a while. */
export type Settlement = { kind: 'finished' } | { kind: 'again'; delayMs: number };

export type SettleOptions<Tx extends TenantTransaction> = {
  context: ContextName;
  database: TenantDatabase<Tx>;
  handlers: ReadonlyMap<string, Handler<Tx>>;
  logger: Logger;
  metrics: ConsumerMetrics;
  clock: Clock;
  random: Random;
  retry: { baseMs: number; capMs: number; tries: number };
  inbox: 'on' | 'off';
  /** How OpenTelemetry names what carries the messages. */
  system: string;
};

/** Handles one message to its end: done, parked with its reason, or to be tried again. Never throws. */
export function makeSettleMessage<Tx extends TenantTransaction>(options: SettleOptions<Tx>) {
  const { context, database, handlers, logger, metrics, clock, random, retry, inbox, system } = options;
  const { queue, service } = contexts[context];

  const again = (message: Received): Settlement => ({
    kind: 'again',
    delayMs: fullJitter(message.tries, retry, random),
  });

  const park = async (
    message: Received,
    { reason, orgId, type }: { reason: string; orgId: string | null; type: string | null },
  ): Promise<Settlement> => {
    const { messageId, body } = message;
    try {
      await parkMessage(database, { orgId, queue, messageId, eventType: type, reason, body });
    } catch (error) {
      logger.error({ queue, messageId, error }, 'a message could not be parked; it will come again');
      return again(message);
    }
    metrics.parked(type);
    logger.warn({ queue, messageId, type, reason }, 'a message was parked');
    return { kind: 'finished' };
  };

  return async (message: Received): Promise<Settlement> => {
    const reading = readEnvelope(message.body);
    if (reading.kind === 'unreadable') return park(message, { reason: reading.reason, orgId: null, type: null });
    const { envelope } = reading;
    const { orgId, type } = envelope;
    const handler = handlers.get(type);
    if (handler === undefined) return park(message, { reason: whyUnknown(type), orgId, type });
    if (message.tries > maxReceiveCount) {
      // SQS makes it a dead letter by itself; where SQS is not, it ends here.
      const reason = `dead letter: handed out ${maxReceiveCount} times without an answer; it seems to end its process`;
      return park(message, { reason, orgId, type });
    }
    metrics.waited(type, envelope.occurredAt, clock());
    const started = performance.now();
    const inboxId = message.inboxId ?? deliveryIds(envelope.id, envelope.replay).inboxId;
    try {
      const onDuplicate = () => metrics.duplicate(type);
      await runHandler({
        handler,
        message,
        envelope,
        database,
        consumer: service,
        inboxId,
        queue,
        system,
        inbox,
        clock,
        onDuplicate,
      });
      metrics.handled(type, 'done', started);
      return { kind: 'finished' };
    } catch (error) {
      metrics.handled(type, 'failed', started);
      const disposition = dispositionOf(error, message.tries, retry.tries);
      if (disposition.kind === 'park') {
        // Late news of somebody who was erased is nobody's work; while that cannot be looked up, it is parked like the rest.
        const dropped = await dropLateNews(database, envelope, { consumer: service, inboxId }).catch(() => false);
        return dropped ? { kind: 'finished' } : park(message, { reason: disposition.reason, orgId, type });
      }
      metrics.retried(type);
      logger.warn(
        { queue, eventId: envelope.id, type, tries: message.tries, error },
        'a handler failed; it will retry',
      );
      return again(message);
    }
  };
}
