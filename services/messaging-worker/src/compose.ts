import { createDatabase, keyLookUps } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { makeAttemptSend, type OutcomeRules } from '@frontdesk/messaging';
import { telnyxCallControl, telnyxSmsGateway } from '@frontdesk/providers/telnyx';
import { createAlarms, createConsumer, createSqsTransport, createSweep, type Transport } from '@frontdesk/queue';
import { createHost, type Host, type Part, type WorkConfig } from '@frontdesk/runtime';
import { makeArmScheduled, scheduledAlarm } from './arm-scheduled.ts';
import type { Config } from './config.ts';
import { onAppointmentChanged } from './handlers/appointment-changed.ts';
import { onCallParked } from './handlers/call-parked.ts';
import { onDeliveryReported } from './handlers/delivery-reported.ts';
import { onKeywordReceived } from './handlers/keyword-received.ts';
import { onTextRequested } from './handlers/text-requested.ts';
import { onTimesOffered } from './handlers/times-offered.ts';
import { makeFlagUnresolvedAttempts } from './jobs/flag-unresolved-attempts.ts';
import { makeSendDueTexts } from './jobs/send-due-texts.ts';
import { makeSendScheduledText, makeSendScheduledTexts } from './jobs/send-scheduled-texts.ts';
import { makeReplyTime } from './reply-time.ts';
import { textTasks } from './text-tasks.ts';
import { tracedGateway } from './traced-gateway.ts';

const service = 'messaging-worker';
const role = 'frontdesk_messaging_worker';
const alarmKind = 'send';

/** What a test may switch off to show why it is needed. */
export type Switches = {
  /** `off`: the sweeps alone bring what is due. */
  alarms?: 'on' | 'off';
  treatUnknownAs?: NonNullable<OutcomeRules['treatUnknownAs']>;
};

/** Puts the service together, in a process of its own. Nothing runs before `start`. */
export function compose(config: Config, switches: Switches = {}): Host {
  return createHost({
    service,
    config,
    parts: (logger) => {
      const transport = createSqsTransport({ service, config, logger });
      return [transport, composeWork(config, { transport, logger, ...switches })];
    },
  });
}

/** What the service does, whatever carries its events. */
export function composeWork(
  config: WorkConfig<Config>,
  options: Switches & { transport: Transport; logger: Logger; connections?: number },
): Part {
  const { transport, logger, connections = 10, alarms: ringing = 'on', treatUnknownAs } = options;
  const clock = systemClock;
  const url = config.DATABASE_URL;
  const database = createDatabase({ url, role, max: connections, settings: keyLookUps, onCommit: transport.poke });
  const telnyx = {
    apiKey: config.TELNYX_API_KEY,
    baseUrl: config.TELNYX_BASE_URL,
    timeoutMs: config.SEND_TIMEOUT_MS,
  };
  const gateway = tracedGateway(telnyxSmsGateway({ ...telnyx, publicWebhookUrl: config.PUBLIC_WEBHOOK_URL }));

  const sendScheduledText = makeSendScheduledText({ database, clock });
  const alarms = createAlarms({
    service,
    connection: config.REDIS_URL === undefined ? { databaseUrl: url, role } : { redisUrl: config.REDIS_URL },
    handlers: {
      [alarmKind]: ({ orgId, id }) => attemptSend({ orgId, messageId: id }),
      [scheduledAlarm]: sendScheduledText,
    },
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
    onAnswer: makeReplyTime(clock),
    arm: async ({ orgId, messageId }, dueAt) => {
      if (ringing === 'on') await alarms.arm(alarmKind, { orgId, id: messageId }, dueAt);
    },
    ...(treatUnknownAs !== undefined && { treatUnknownAs }),
  });
  const armScheduled = ringing === 'on' ? makeArmScheduled(alarms) : async () => {};
  const consumer = createConsumer({
    context: 'messaging',
    inbound: transport.inbound('messaging'),
    database,
    handlers: [
      onTextRequested(attemptSend),
      onDeliveryReported({ provider: gateway.provider, tasks: textTasks, clock, logger }),
      onKeywordReceived({ clock }),
      onAppointmentChanged({ clock, arm: armScheduled }),
      onTimesOffered({ clock, arm: armScheduled }),
      onCallParked({ callControl: telnyxCallControl(telnyx), clock }),
    ],
    logger,
    clock,
    concurrency: 40, // most of a send is waiting for the carrier
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
      name: 'scheduled texts that are due',
      everyMs,
      sweep: makeSendScheduledTexts({ database, sendScheduledText, clock, logger, grace }),
      logger,
    }),
    createSweep({
      name: 'sends without an outcome',
      everyMs,
      sweep: makeFlagUnresolvedAttempts({ database, tasks: textTasks, clock, logger, patience }),
      logger,
    }),
  ];
  return {
    checks: { postgres: () => database.ping() },
    async start() {
      if (ringing === 'on') await alarms.start();
      consumer.start();
      for (const sweep of sweeps) sweep.start();
    },
    async stop() {
      await Promise.all([consumer.stop(), alarms.stop(), ...sweeps.map((sweep) => sweep.stop())]);
      await database.close();
    },
  };
}
