import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Id, Logger } from '@frontdesk/kernel';
import type { TextTasks } from '@frontdesk/messaging';
import { flagUnresolvedAttempt } from '@frontdesk/messaging/postgres';

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
    const unresolved = await database.lookUp<{ org_id: Id; id: Id }>`
      select org_id, id from unresolved_attempts(${startedBefore}, ${attemptsPerRound}::int)`;
    for (const { org_id: orgId, id: attemptId } of unresolved) {
      try {
        await database.inTenant(orgId, (tx) => flagUnresolvedAttempt(tx, { orgId, attemptId, now }, tasks));
        logger.warn({ orgId, attemptId }, 'the fate of a text is unknown; staff have a task');
      } catch (error) {
        logger.warn({ orgId, attemptId, error }, 'an unresolved send was left for the next round');
      }
    }
  };
}
