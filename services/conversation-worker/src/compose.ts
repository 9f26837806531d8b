import { setTimeout as wait } from 'node:timers/promises';
import { makeDecideCall, makeNoteDeposit, makeTakeTurn } from '@frontdesk/conversation';
import { createDatabase, keyLookUps } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { bedrockModel } from '@frontdesk/providers/bedrock';
import { createConsumer, createSqsTransport, createSweep, type Transport } from '@frontdesk/queue';
import { createHost, type Host, type Part, type WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { desk } from './desk.ts';
import { onCallEnded } from './handlers/call-ended.ts';
import { onDepositChanged } from './handlers/deposit-changed.ts';
import { onTextReceived } from './handlers/text-received.ts';
import { makeSweep } from './jobs/sweep.ts';
import { makeWaitForCall } from './judge-call.ts';
import { measuredModel, measuredTurns } from './measured.ts';

const service = 'conversation-worker';

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
  { transport, logger }: { transport: Transport; logger: Logger },
): Part {
  const database = createDatabase({
    url: config.DATABASE_URL,
    role: 'frontdesk_conversation_worker',
    max: config.DATABASE_POOL,
    settings: keyLookUps,
    onCommit: transport.poke,
  });
  const model = measuredModel(
    bedrockModel({
      region: config.AWS_REGION,
      ...(config.BEDROCK_ENDPOINT !== undefined && { endpoint: config.BEDROCK_ENDPOINT }),
      modelId: config.BEDROCK_MODEL_ID,
      maxTokens: config.BEDROCK_MAX_TOKENS,
      requestTimeoutMs: Math.min(config.BEDROCK_TIMEOUT_MS, config.TURN_DEADLINE_MS),
      ...(config.BEDROCK_THINKING !== undefined && { thinking: config.BEDROCK_THINKING }),
    }),
  );
  const clock = systemClock;
  const handOffFor = Temporal.Duration.from({ hours: config.HAND_OFF_HOURS });
  const takeTurn = measuredTurns(
    makeTakeTurn({
      database,
      ports: desk,
      model,
      clock,
      wait,
      logger,
      settings: {
        burstQuietMs: config.BURST_QUIET_MS,
        deadlineMs: config.TURN_DEADLINE_MS,
        leaseMs: config.TURN_LEASE_MS,
        holdFor: Temporal.Duration.from({ seconds: config.HOLD_SECONDS }),
        handOffFor,
        mostRepliesPerHour: config.REPLIES_PER_HOUR,
      },
    }),
  );
  const callerWindow = Temporal.Duration.from({ minutes: config.CALLER_WINDOW_MINUTES });
  const judgeCall = makeDecideCall({ ports: desk, clock, callerWindow, handOffFor });
  const waitForCall = makeWaitForCall({ database, clock, wait, longestMs: config.CALL_DECISION_MS });
  const consumer = createConsumer({
    context: 'conversation',
    inbound: transport.inbound('conversation'),
    database,
    handlers: [
      onTextReceived(takeTurn),
      onCallEnded(waitForCall, judgeCall),
      onDepositChanged(makeNoteDeposit({ ports: desk, clock })),
    ],
    logger,
    clock,
    concurrency: config.CONCURRENCY,
  });
  const sweep = createSweep({
    name: 'texts and calls that wait',
    everyMs: config.SWEEP_EVERY_MS,
    sweep: makeSweep({ database, takeTurn, judgeCall, clock, unansweredAfterMs: config.UNANSWERED_AFTER_MS, logger }),
    logger,
  });
  return {
    checks: { postgres: () => database.ping() },
    async start() {
      consumer.start();
      sweep.start();
    },
    async stop() {
      await Promise.all([consumer.stop(), sweep.stop()]);
      model.close();
      await database.close();
    },
  };
}
