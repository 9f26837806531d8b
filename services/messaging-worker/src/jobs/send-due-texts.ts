import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Id, Logger } from '@frontdesk/kernel';
import type { AttemptSend } from '@frontdesk/messaging';

const textsPerRound = 100;
const atOnce = 10;

/** Sends what neither the queue nor an alarm has sent, though it has been due for `grace`. */
export function makeSendDueTexts(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  attemptSend: AttemptSend;
  clock: Clock;
  logger: Logger;
  grace: Temporal.Duration;
}): () => Promise<void> {
  const { database, attemptSend, clock, logger, grace } = ports;

  async function send({ orgId, messageId }: { orgId: Id; messageId: Id }): Promise<void> {
    try {
      await attemptSend({ orgId, messageId });
    } catch (error) {
      logger.warn({ orgId, messageId, error }, 'a due text was left for the next round');
    }
  }

  return async () => {
    const dueBefore = new Date(clock().subtract(grace).epochMilliseconds);
    const due = await database.lookUp<{ org_id: Id; id: Id }>`
      select org_id, id from due_sends(${dueBefore}, ${textsPerRound}::int)`;
    const texts = due.map(({ org_id: orgId, id: messageId }) => ({ orgId, messageId }));
    for (let first = 0; first < texts.length; first += atOnce) {
      await Promise.all(texts.slice(first, first + atOnce).map(send));
    }
  };
}
