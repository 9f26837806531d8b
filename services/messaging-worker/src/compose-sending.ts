import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import {
  createWaitingLine,
  makeReconcileAttempt,
  makeSending,
  type AttemptSendPorts,
  type OutcomeRules,
  type Sending,
  type Ways,
} from '@frontdesk/messaging';
import { createSweep, type Sweep } from '@frontdesk/queue';
import type { WorkConfig } from '@frontdesk/runtime';
import { createBacklogMetrics } from './backlog-metrics.ts';
import { openCarriers, readCode } from './carriers.ts';
import type { Config } from './config.ts';
import { makeFlagUnresolvedAttempts } from './jobs/flag-unresolved-attempts.ts';
import { makeReconcileUnknownSends } from './jobs/reconcile-unknown-sends.ts';
import { makeSendDueTexts } from './jobs/send-due-texts.ts';
import { makeSendMetrics, type SendMetrics } from './send-metrics.ts';
import { templateDoubts } from './template-doubts.ts';
import { textTasks } from './text-tasks.ts';

/** The wait between two rounds while texts wait for room. */
const nextTurnMs = 100;

/** How often the metrics look at what waits. */
const backlogEveryMs = 5_000;

const milliseconds = (ms: number) => Temporal.Duration.from({ milliseconds: ms });

type Composed = { sending: Sending; sweeps: readonly Sweep[]; metrics: SendMetrics; settled: () => Promise<void> };

/** What hands texts to carriers: the use case, and the jobs that bring to it what queue and alarms do not. */
export function composeSending(options: {
  config: WorkConfig<Config>;
  database: TenantDatabase;
  /** For the claims of texts whose turn has come. */
  lineDatabase: TenantDatabase;
  clock: Clock;
  logger: Logger;
  arm: AttemptSendPorts['arm'];
  treatUnknownAs?: OutcomeRules['treatUnknownAs'];
}): Composed {
  const { config, database, lineDatabase, clock, logger, arm, treatUnknownAs } = options;
  const everyMs = config.SWEEP_EVERY_MS;
  const metrics = makeSendMetrics(clock);
  const ways: Ways = {
    carriers: openCarriers({ config, database, clock, logger }),
    failoverAfter: config.SEND_FAILOVER_AFTER,
    line: createWaitingLine({ wake: () => turns.wake(), onTurnedAway: metrics.onTurnedAway }),
    clock,
  };
  const shared = {
    inTenant: <T>(orgId: string, work: Parameters<typeof database.inTenant<T>>[1]) => database.inTenant(orgId, work),
    ways,
    tasks: textTasks,
    templates: templateDoubts,
    random: Math.random,
    retry: {
      baseMs: config.SEND_RETRY_BASE_MS,
      capMs: config.SEND_RETRY_CAP_MS,
      maxAttempts: config.SEND_MAX_ATTEMPTS,
    },
    arm,
  };
  const sending = makeSending({
    ...shared,
    pause: async (key, ms) => void (await database.lookUp`select pause_sends(${key}, ${Math.ceil(ms)}::int)`),
    // What is called in time has ended when the carrier is asked about it.
    callWithinMs: config.RECONCILE_AFTER_MS - config.SEND_TIMEOUT_MS,
    onAnswer: metrics.onAnswer,
    onVerdict: metrics.onVerdict,
    onSuppressed: metrics.onSuppressed,
    ...(treatUnknownAs !== undefined && { treatUnknownAs }),
  });
  const askEvery = milliseconds(config.RECONCILE_AFTER_MS);
  const reconcile = makeReconcileAttempt({ ...shared, askEvery, readCode, onMove: metrics.onMove });
  const due = makeSendDueTexts({ database: lineDatabase, sending, ways, clock, logger, grace: milliseconds(everyMs) });
  const turns = createSweep({ name: 'texts that are due', everyMs, soonMs: nextTurnMs, sweep: due.sweep, logger });
  const reconciling = createSweep({
    name: 'sends to ask the carrier about',
    everyMs,
    sweep: makeReconcileUnknownSends({ database, reconcile, clock, logger, patience: askEvery }),
    logger,
  });
  const patience = milliseconds(config.UNKNOWN_AFTER_MS);
  const flagging = createSweep({
    name: 'sends without an outcome',
    everyMs,
    sweep: makeFlagUnresolvedAttempts({ database, tasks: textTasks, clock, logger, patience }),
    logger,
  });
  const backlog = createBacklogMetrics({ database, everyMs: backlogEveryMs, clock, logger });
  return { sending, sweeps: [turns, reconciling, flagging, backlog], metrics, settled: due.settled };
}
