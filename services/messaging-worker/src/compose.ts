import { contexts } from '@frontdesk/contracts';
import { assertBoundByRowLevelSecurity, createDatabase, createPool } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { makeAttemptSend, type OutcomeRules } from '@frontdesk/messaging';
import { telnyxCallControl, telnyxSmsGateway } from '@frontdesk/providers/telnyx';
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
import type { Config } from './config.ts';
import { onCallParked } from './handlers/call-parked.ts';
import { onDeliveryReported } from './handlers/delivery-reported.ts';
import { onKeywordReceived } from './handlers/keyword-received.ts';
import { onTextRequested } from './handlers/text-requested.ts';
import { makeFlagUnresolvedAttempts } from './jobs/flag-unresolved-attempts.ts';
import { makeSendDueTexts } from './jobs/send-due-texts.ts';
import { textTasks } from './text-tasks.ts';
import { tracedGateway } from './traced-gateway.ts';

const service = 'messaging-worker';
const role = 'frontdesk_messaging_worker';
const alarmKind = 'send';

export type MessagingWorker = Runnable & {
  readonly logger: Logger;
  /** Where health, readiness and metrics are served; 0 before it is started. */
  readonly port: number;
};

/** What a test may switch off to show why it is needed. */
export type Switches = {
  /** `off`: the sweeps alone bring what is due. */
  alarms?: 'on' | 'off';
  treatUnknownAs?: NonNullable<OutcomeRules['treatUnknownAs']>;
};

/** Puts the service together. Nothing runs before `start`. */
export function compose(config: Config, { alarms: ringing = 'on', treatUnknownAs }: Switches = {}): MessagingWorker {
  const telemetry = startTelemetry({ service, ...telemetrySettings(config) });
  const logger = createLogger({ service, level: config.LOG_LEVEL });
  const clock = systemClock;
  const url = config.DATABASE_URL;
  const relayPool = createPool({ url, role: 'frontdesk_relay', max: 5 });
  const sqs = createSqs({ endpoint: config.AWS_ENDPOINT_URL, region: config.AWS_REGION });
  const relay = createRelay({ pool: relayPool, producer: service, sqs, logger });
  const database = createDatabase({ url, role, max: 10, onCommit: () => relay.poke() });
  const telnyx = {
    apiKey: config.TELNYX_API_KEY,
    baseUrl: config.TELNYX_BASE_URL,
    timeoutMs: config.SEND_TIMEOUT_MS,
  };
  const gateway = tracedGateway(telnyxSmsGateway({ ...telnyx, publicWebhookUrl: config.PUBLIC_WEBHOOK_URL }));

  const alarms = createAlarms({
    service,
    connection: config.REDIS_URL === undefined ? { databaseUrl: url, role } : { redisUrl: config.REDIS_URL },
    handlers: { [alarmKind]: ({ orgId, id }) => attemptSend({ orgId, messageId: id }) },
    logger,
  });
  const attemptSend = makeAttemptSend({
    inTenant: (orgId, work) => database.inTenant(orgId, work),
    gateway,
    tasks: textTasks,
    clock,
    random: Math.random,
    retry: {
      baseMs: config.SEND_RETRY_BASE_MS,
      capMs: config.SEND_RETRY_CAP_MS,
      maxAttempts: config.SEND_MAX_ATTEMPTS,
    },
    arm: async ({ orgId, messageId }, dueAt) => {
      if (ringing === 'on') await alarms.arm(alarmKind, { orgId, id: messageId }, dueAt);
    },
    ...(treatUnknownAs !== undefined && { treatUnknownAs }),
  });
  const consumer = createConsumer({
    context: 'messaging',
    sqs,
    database,
    handlers: [
      onTextRequested(attemptSend),
      onDeliveryReported({ provider: gateway.provider, tasks: textTasks, clock, logger }),
      onKeywordReceived({ clock }),
      onCallParked({ callControl: telnyxCallControl(telnyx), clock }),
    ],
    logger,
    clock,
    concurrency: 40, // most of a send is waiting for the carrier
    visibilitySeconds: config.QUEUE_VISIBILITY_SECONDS,
  });
  const everyMs = config.SWEEP_EVERY_MS;
  const grace = Temporal.Duration.from({ milliseconds: everyMs });
  const patience = Temporal.Duration.from({ milliseconds: config.UNKNOWN_AFTER_MS });
  const sweeps = [
    createSweep({
      name: 'texts that are due',
      everyMs,
      sweep: makeSendDueTexts({ database, attemptSend, clock, logger, grace }),
      logger,
    }),
    createSweep({
      name: 'sends without an outcome',
      everyMs,
      sweep: makeFlagUnresolvedAttempts({ database, tasks: textTasks, clock, logger, patience }),
      logger,
    }),
  ];
  const operations = createOperationsApp({
    service,
    checks: { postgres: () => database.ping(), sqs: () => reachQueue(sqs, contexts.messaging.queue) },
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
      if (ringing === 'on') await alarms.start();
      relay.start();
      consumer.start();
      for (const sweep of sweeps) sweep.start();
      listener = await listen(operations, config.PORT);
      logger.info({ port: listener.port }, 'listening');
    },
    async stop() {
      await listener?.close();
      await Promise.all([consumer.stop(), alarms.stop(), ...sweeps.map((sweep) => sweep.stop())]);
      await relay.stop();
      sqs.destroy();
      await Promise.all([database.close(), relayPool.end()]);
      await telemetry.shutdown();
    },
  };
}
