import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { makeSendFairly, type Sending, type Ways } from '@frontdesk/messaging';
import { findDueTexts, putTextAside } from '@frontdesk/messaging/postgres';
import type { NextRound } from '@frontdesk/queue';

const atOnce = 40;
const aside = Temporal.Duration.from({ minutes: 1 });

/**
 * Sends what neither the queue nor an alarm has sent, though it has been due for `grace`; and while texts wait for room, sends
 * them in turns, whatever is due. Answers when the next round makes sense.
 */
export function makeSendDueTexts(ports: {
  database: TenantDatabase;
  sending: Pick<Sending, 'begin'>;
  ways: Ways;
  clock: Clock;
  logger: Logger;
  grace: Temporal.Duration;
}): { sweep: () => Promise<NextRound>; settled: () => Promise<void> } {
  const { database, sending, ways, clock, logger, grace } = ports;
  const fairly = makeSendFairly({
    find: (search) => findDueTexts(database, search),
    begin: (text) => sending.begin(text, (work) => database.inTenant(text.orgId, work)),
    line: ways.line,
    carriers: [...ways.carriers.keys()],
    putAside: ({ orgId, messageId }) =>
      database.inTenant(orgId, (tx) => putTextAside(tx, { orgId, messageId, until: clock().add(aside) })),
    logger,
    clock,
    atOnce,
    laterMs: grace.total('milliseconds'),
  });
  let before: NextRound = 'later';
  return {
    async sweep() {
      const now = clock();
      const someWait = before !== 'later' || ways.line.nextRoom() !== null;
      before = await fairly.round({ dueBefore: someWait ? now : now.subtract(grace), now });
      return before;
    },
    settled: fairly.settled,
  };
}
