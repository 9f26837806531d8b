import { createPrismaDatabase } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { createSquarePaymentLinks } from '@frontdesk/providers/square';
import { createAlarms, createConsumer, createSqsTransport, createSweep, type Transport } from '@frontdesk/queue';
import { createHost, type Host, type Part, type WorkConfig } from '@frontdesk/runtime';
import { makeDesk } from './booking/make-desk.ts';
import type { Config } from './config.ts';
import { onBookingRequested } from './handlers/booking-requested.ts';
import { onSquarePaymentReported } from './handlers/square-payment-reported.ts';
import { makeSweep } from './jobs/sweep-due-rows.ts';
import { tracedLinks } from './traced-links.ts';

const service = 'payments';
const role = 'frontdesk_payments';

/** Puts the service together, in a process of its own. Nothing runs before `start`. */
export function compose(config: Config): Host {
  return createHost({
    service,
    config,
    parts: (logger) => {
      const transport = createSqsTransport({ service, config, logger });
      return [transport, composeWork(config, { transport, logger })];
    },
  });
}

/** What the service does, whatever carries its events. */
export function composeWork(
  config: WorkConfig<Config>,
  { transport, logger, connections = 8 }: { transport: Transport; logger: Logger; connections?: number },
): Part {
  const url = config.DATABASE_URL;
  const database = createPrismaDatabase({ url, role, max: connections, onCommit: transport.poke });
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
        connection: config.REDIS_URL === undefined ? { databaseUrl: url, role } : { redisUrl: config.REDIS_URL },
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
    inbound: transport.inbound('payments'),
    database,
    handlers: [onBookingRequested(desk, desk.makeLink), onSquarePaymentReported(desk)],
    logger,
    clock: systemClock,
  });
  const sweep = createSweep({
    name: 'links and holds that are due',
    everyMs: config.SWEEP_EVERY_MS,
    sweep: makeSweep(desk),
    logger,
  });
  return {
    checks: { postgres: () => database.ping() },
    async start() {
      await desk.alarms.start();
      consumer.start();
      sweep.start();
    },
    async stop() {
      await Promise.all([consumer.stop(), sweep.stop(), desk.alarms.stop()]);
      await database.close();
    },
  };
}
