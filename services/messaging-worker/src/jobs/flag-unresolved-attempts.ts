import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { TextTasks } from '@frontdesk/messaging';
import { flagUnresolvedAttempt } from '@frontdesk/messaging/postgres';
import { workThrough, type DueRow, type FoundRow } from '@frontdesk/queue';

const attemptsPerRound = 100;

/** Tells staff of sends whose fate no answer and no receipt has told for `patience`. */
export function makeFlagUnresolvedAttempts(ports: {
  database: TenantDatabase;
  tasks: TextTasks;
  clock: Clock;
  logger: Logger;
  patience: Temporal.Duration;
}): () => Promise<void> {
  const { database, tasks, clock, logger, patience } = ports;
  return async () => {
    const now = clock();
    const startedBefore = new Date(now.subtract(patience).epochMilliseconds);
    const unresolved = await database.lookUp<FoundRow>`
      select org_id, id from unresolved_attempts(${startedBefore}, ${attemptsPerRound}::int)`;
    const flag = async ({ orgId, id: attemptId }: DueRow) => {
      await database.inTenant(orgId, (tx) => flagUnresolvedAttempt(tx, { orgId, attemptId, now }, tasks));
      logger.warn({ orgId, attemptId }, 'the fate of a text is unknown; staff have a task');
    };
    await workThrough(unresolved, flag, logger);
  };
}
