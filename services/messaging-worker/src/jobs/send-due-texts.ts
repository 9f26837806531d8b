import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { AttemptSend } from '@frontdesk/messaging';
import { workThrough, type FoundRow } from '@frontdesk/queue';

const textsPerRound = 100;

/** Sends what neither the queue nor an alarm has sent, though it has been due for `grace`. */
export function makeSendDueTexts(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  attemptSend: AttemptSend;
  clock: Clock;
  logger: Logger;
  grace: Temporal.Duration;
}): () => Promise<void> {
  const { database, attemptSend, clock, logger, grace } = ports;
  return async () => {
    const dueBefore = new Date(clock().subtract(grace).epochMilliseconds);
    const due = await database.lookUp<FoundRow>`
      select org_id, id from due_sends(${dueBefore}, ${textsPerRound}::int)`;
    await workThrough(due, ({ orgId, id }) => attemptSend({ orgId, messageId: id }), logger);
  };
}
