import { createDatabase, keyLookUps } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import type { AttemptSendPorts, OutcomeRules } from '@frontdesk/messaging';
import { telnyxCallControl, telnyxOptOuts } from '@frontdesk/providers/telnyx';
import { createAlarms, createConsumer, createSqsTransport, createSweep, type Transport } from '@frontdesk/queue';
import { createHost, type Host, type Part, type WorkConfig } from '@frontdesk/runtime';
import { makeArmScheduled, scheduledAlarm } from './arm-scheduled.ts';
import { readCode } from './carriers.ts';
import { composeSending } from './compose-sending.ts';
import type { Config } from './config.ts';
import { onAppointmentChanged } from './handlers/appointment-changed.ts';
import { onCallParked } from './handlers/call-parked.ts';
import { onDeliveryReported } from './handlers/delivery-reported.ts';
import { onKeywordReceived } from './handlers/keyword-received.ts';
import { onOptOutUnderstood } from './handlers/opt-out-understood.ts';
import { onTextRequested } from './handlers/text-requested.ts';
import { onTimesOffered } from './handlers/times-offered.ts';
import { makeSendScheduledText, makeSendScheduledTexts } from './jobs/send-scheduled-texts.ts';
import { makeSyncDueCarrierOptOuts } from './jobs/sync-carrier-opt-outs.ts';
import { composeRegistrations, registrationAlarm } from './compose-registrations.ts';
import { composeMedia } from './compose-media.ts';
import { composeWhatsApp } from './compose-whatsapp.ts';
import { templateDoubts } from './template-doubts.ts';
import { textTasks } from './text-tasks.ts';

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
  const open = (max: number) => createDatabase({ url, role, max, settings: keyLookUps, onCommit: transport.poke });
  // However many events there are, the line of waiting texts moves on: it has a connection of its own where there are some.
  const ofLine = connections < 4 ? null : open(1);
  const database = open(ofLine === null ? connections : connections - 1);
  const telnyx = {
    apiKey: config.TELNYX_API_KEY,
    baseUrl: config.TELNYX_BASE_URL,
    timeoutMs: config.SEND_TIMEOUT_MS,
  };

  const sendScheduledText = makeSendScheduledText({ database, clock });
  const alarms = createAlarms({
    service,
    connection: config.REDIS_URL === undefined ? { databaseUrl: url, role } : { redisUrl: config.REDIS_URL },
    handlers: {
      [alarmKind]: ({ orgId, id }) => sending.attempt({ orgId, messageId: id }),
      [scheduledAlarm]: sendScheduledText,
      [registrationAlarm]: (row) => registrations.lookAfter(row),
    },
    logger,
  });
  const armSend: AttemptSendPorts['arm'] = async ({ orgId, messageId }, dueAt) => {
    if (ringing === 'on') await alarms.arm(alarmKind, { orgId, id: messageId }, dueAt);
  };
  const { sending, settled, metrics, ...composed } = composeSending({
    config,
    database,
    lineDatabase: ofLine ?? database,
    clock,
    logger,
    arm: armSend,
    ...(treatUnknownAs !== undefined && { treatUnknownAs }),
  });
  const armScheduled = ringing === 'on' ? makeArmScheduled(alarms) : async () => {};
  const registrations = composeRegistrations({
    config,
    database,
    clock,
    logger,
    arm: async (row, dueAt) => {
      if (ringing === 'on') await alarms.arm(registrationAlarm, row, dueAt);
    },
  });
  const whatsApp = composeWhatsApp({ config, database, clock, logger });
  const media = composeMedia({ config, database, whatsApp: whatsApp.media, clock, logger });
  const consumer = createConsumer({
    context: 'messaging',
    inbound: transport.inbound('messaging'),
    database,
    handlers: [
      onTextRequested(sending.attempt),
      onDeliveryReported({
        tasks: textTasks,
        onMove: metrics.onMove,
        templates: templateDoubts,
        readCode,
        arm: armSend,
        clock,
        logger,
      }),
      onKeywordReceived({ clock }),
      onOptOutUnderstood({ tasks: textTasks, clock }),
      onAppointmentChanged({ clock, arm: armScheduled }),
      onTimesOffered({ clock, arm: armScheduled }),
      media.handler,
      whatsApp.handler,
      registrations.handler,
      onCallParked({ callControl: telnyxCallControl(telnyx), clock }),
    ],
    logger,
    clock,
    concurrency: 40, // most of a send is waiting for the carrier
  });
  const everyMs = config.SWEEP_EVERY_MS;
  const grace = Temporal.Duration.from({ milliseconds: everyMs });
  const optOutsEvery = Temporal.Duration.from({ milliseconds: config.CARRIER_OPT_OUTS_EVERY_MS });
  const sweeps = [
    createSweep({
      name: 'opt-outs that the carrier knows',
      everyMs: Math.min(config.CARRIER_OPT_OUTS_EVERY_MS, 60_000),
      sweep: makeSyncDueCarrierOptOuts({
        database,
        optOuts: telnyxOptOuts(telnyx),
        clock,
        logger,
        every: optOutsEvery,
      }),
      logger,
    }),
    ...media.sweeps,
    registrations.sweep,
    ...composed.sweeps,
    createSweep({
      name: 'scheduled texts that are due',
      everyMs,
      sweep: makeSendScheduledTexts({ database, sendScheduledText, clock, logger, grace }),
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
      await Promise.all([media.idle(), whatsApp.idle()]);
      await settled();
      await Promise.all([database.close(), ofLine?.close()]);
    },
  };
}
