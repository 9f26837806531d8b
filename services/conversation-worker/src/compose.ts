import { setTimeout as wait } from 'node:timers/promises';
import { contexts } from '@frontdesk/contracts';
import { makeDecideCall, makeNoteDeposit, makeTakeTurn } from '@frontdesk/conversation';
import { assertBoundByRowLevelSecurity, createDatabase, createPool } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { bedrockModel } from '@frontdesk/providers/bedrock';
import { createConsumer, createRelay, createSqs, createSweep, reachQueue } from '@frontdesk/queue';
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
import { desk } from './desk.ts';
import { onCallEnded } from './handlers/call-ended.ts';
import { onDepositChanged } from './handlers/deposit-changed.ts';
import { onTextReceived } from './handlers/text-received.ts';
import { makeSweep } from './jobs/sweep.ts';
import { makeWaitForCall } from './judge-call.ts';

const service = 'conversation-worker';

export type ConversationWorker = Runnable & {
  readonly logger: Logger;
  /** Where health, readiness and metrics are served; 0 before it is started. */
  readonly port: number;
};

/** Puts the service together. Nothing runs before `start`. */
export function compose(config: Config): ConversationWorker {
  const telemetry = startTelemetry({ service, ...telemetrySettings(config) });
  const logger = createLogger({ service, level: config.LOG_LEVEL });
  const url = config.DATABASE_URL;
  const relayPool = createPool({ url, role: 'frontdesk_relay', max: 5 });
  const sqs = createSqs({ endpoint: config.AWS_ENDPOINT_URL, region: config.AWS_REGION });
  const relay = createRelay({ pool: relayPool, producer: service, sqs, logger });
  const role = 'frontdesk_conversation_worker';
  const database = createDatabase({ url, role, max: config.DATABASE_POOL, onCommit: () => relay.poke() });
  const model = bedrockModel({
    region: config.AWS_REGION,
    ...(config.BEDROCK_ENDPOINT !== undefined && { endpoint: config.BEDROCK_ENDPOINT }),
    modelId: config.BEDROCK_MODEL_ID,
    maxTokens: config.BEDROCK_MAX_TOKENS,
    requestTimeoutMs: Math.min(config.BEDROCK_TIMEOUT_MS, config.TURN_DEADLINE_MS),
    ...(config.BEDROCK_THINKING !== undefined && { thinking: config.BEDROCK_THINKING }),
  });
  const clock = systemClock;
  const takeTurn = makeTakeTurn({
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
      handOffFor: Temporal.Duration.from({ hours: config.HAND_OFF_HOURS }),
      mostRepliesPerHour: config.REPLIES_PER_HOUR,
    },
  });
  const callerWindow = Temporal.Duration.from({ minutes: config.CALLER_WINDOW_MINUTES });
  const judgeCall = makeDecideCall({ ports: desk, clock, callerWindow });
  const waitForCall = makeWaitForCall({ database, clock, wait, longestMs: config.CALL_DECISION_MS });
  const consumer = createConsumer({
    context: 'conversation',
    sqs,
    database,
    handlers: [
      onTextReceived(takeTurn),
      onCallEnded(waitForCall, judgeCall),
      onDepositChanged(makeNoteDeposit({ ports: desk, clock })),
    ],
    logger,
    clock,
    concurrency: config.CONCURRENCY,
    visibilitySeconds: config.QUEUE_VISIBILITY_SECONDS,
  });
  const sweep = createSweep({
    name: 'texts and calls that wait',
    everyMs: config.SWEEP_EVERY_MS,
    sweep: makeSweep({ database, takeTurn, judgeCall, clock, unansweredAfterMs: config.UNANSWERED_AFTER_MS, logger }),
    logger,
  });
  const operations = createOperationsApp({
    service,
    checks: { postgres: () => database.ping(), sqs: () => reachQueue(sqs, contexts.conversation.queue) },
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
      relay.start();
      consumer.start();
      sweep.start();
      listener = await listen(operations, config.PORT);
      logger.info({ port: listener.port }, 'listening');
    },
    async stop() {
      await listener?.close();
      await Promise.all([consumer.stop(), sweep.stop()]);
      await relay.stop();
      sqs.destroy();
      model.close();
      await Promise.all([database.close(), relayPool.end()]);
      await telemetry.shutdown();
    },
  };
}
