import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { ReconcileAttempt } from '@frontdesk/messaging';
import { workThrough, type DueRow, type FoundRow } from '@frontdesk/queue';
import { meter } from '@frontdesk/runtime';

const attemptsPerRound = 100;

/** Asks carriers what became of sends that neither an answer nor a receipt has told of for `patience`. */
export function makeReconcileUnknownSends(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  reconcile: ReconcileAttempt;
  clock: Clock;
  logger: Logger;
  patience: Temporal.Duration;
}): () => Promise<void> {
  const { database, reconcile, clock, logger, patience } = ports;
  const lookUps = meter().createCounter('frontdesk_messaging_look_ups', {
    description: 'questions to carriers about sends whose outcome is not known, by the answer',
  });
  return async () => {
    const before = new Date(clock().subtract(patience).epochMilliseconds);
    const lost = await database.lookUp<FoundRow>`
      select org_id, id from lost_attempts(${before}, ${before}, ${attemptsPerRound}::int)`;
    const ask = async ({ orgId, id: attemptId }: DueRow) => {
      const answer = await reconcile({ orgId, attemptId });
      if (answer !== 'settled') lookUps.add(1, { answer });
    };
    await workThrough(lost, ask, logger);
  };
}
