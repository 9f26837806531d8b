import { contexts } from '@frontdesk/contracts';
import { assertBoundByRowLevelSecurity, createPool, createPrismaDatabase } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { createSquarePaymentLinks } from '@frontdesk/providers/square';
import { createAlarms, createConsumer, createRelay, createSqs, createSweep, reachQueue } from '@frontdesk/queue';
import {
  createLogger,
  createOperationsApp,
  listen,
  startTelemetry,
  telemetrySettings,
  type Listener,
  type Runnable,
} from '@frontdesk/runtime';
import { makeDesk } from './booking/make-desk.ts';
import type { Config } from './config.ts';
import { onBookingRequested } from './handlers/booking-requested.ts';
import { onSquarePaymentReported } from './handlers/square-payment-reported.ts';
import { makeSweep } from './jobs/sweep-due-rows.ts';
import { tracedLinks } from './traced-links.ts';

const service = 'payments';

export type Payments = Runnable & {
  readonly logger: Logger;
  /** Where health, readiness and metrics are served; 0 before it is started. */
  readonly port: number;
};

/** Puts the service together. Nothing runs before `start`. */
export function compose(config: Config): Payments {
  const telemetry = startTelemetry({ service, ...telemetrySettings(config) });
  const logger = createLogger({ service, level: config.LOG_LEVEL });
  const url = config.DATABASE_URL;
  const relayPool = createPool({ url, role: 'frontdesk_relay', max: 5 });
  const sqs = createSqs({ endpoint: config.AWS_ENDPOINT_URL, region: config.AWS_REGION });
  const relay = createRelay({ pool: relayPool, producer: service, sqs, logger });
  const database = createPrismaDatabase({ url, role: 'frontdesk_payments', max: 8, onCommit: () => relay.poke() });
  const desk = makeDesk({
    database,
    links: tracedLinks(
      createSquarePaymentLinks({
        returnUrl: config.PAYMENT_RETURN_URL,
        baseUrl: config.SQUARE_BASE_URL,
        timeoutSeconds: config.SQUARE_TIMEOUT_MS / 1_000,
      }),
    ),
    tokenKeys: config.TOKEN_KEYS,
    alarmsWith: (handlers) =>
      createAlarms({
        service,
        connection:
          config.REDIS_URL === undefined
            ? { databaseUrl: url, role: 'frontdesk_payments' }
            : { redisUrl: config.REDIS_URL },
        handlers,
        logger,
      }),
    clock: systemClock,
    random: Math.random,
    logger,
    settings: {
      holdFor: Temporal.Duration.from({ seconds: config.HOLD_SECONDS }),
      linkDelayNotice: Temporal.Duration.from({ milliseconds: config.LINK_DELAY_NOTICE_MS }),
      attemptLease: Temporal.Duration.from({ milliseconds: 3 * config.SQUARE_TIMEOUT_MS }),
    },
  });
  const consumer = createConsumer({
    context: 'payments',
    sqs,
    database,
    handlers: [onBookingRequested(desk, desk.makeLink), onSquarePaymentReported(desk)],
    logger,
    clock: systemClock,
    visibilitySeconds: config.QUEUE_VISIBILITY_SECONDS,
  });
  const sweep = createSweep({
    name: 'links and holds that are due',
    everyMs: config.SWEEP_EVERY_MS,
    sweep: makeSweep(desk),
    logger,
  });
  const operations = createOperationsApp({
    service,
    checks: { postgres: () => database.ping(), sqs: () => reachQueue(sqs, contexts.payments.queue) },
    telemetry,
    logger,
  });
  let listener: Listener | undefined;

  return {
    logger,
    get port() {
      return listener?.port ?? 0;
    },
    async start() {
      await assertBoundByRowLevelSecurity(relayPool);
      await desk.alarms.start();
      relay.start();
      consumer.start();
      sweep.start();
      listener = await listen(operations, config.PORT);
      logger.info({ port: listener.port }, 'listening');
    },
    async stop() {
      await listener?.close();
      await Promise.all([consumer.stop(), sweep.stop(), desk.alarms.stop()]);
      await relay.stop();
      sqs.destroy();
      await Promise.all([database.close(), relayPool.end()]);
      await telemetry.shutdown();
    },
  };
}
