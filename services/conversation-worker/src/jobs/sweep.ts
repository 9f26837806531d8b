import type { TurnRequest } from '@frontdesk/conversation';
import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { workThrough, type FoundRow } from '@frontdesk/queue';
import type { JudgeCall } from '../judge-call.ts';

const rowsPerRound = 50;

type Dependencies = {
  database: TenantDatabase;
  takeTurn: (request: TurnRequest) => Promise<unknown>;
  judgeCall: JudgeCall;
  clock: Clock;
  unansweredAfterMs: number;
  logger: Logger;
};

/** Rings again for what no event brought to an end: texts that wait for an answer, calls that wait to be judged. */
export function makeSweep({ database, takeTurn, judgeCall, clock, unansweredAfterMs, logger }: Dependencies) {
  return async function sweep(): Promise<void> {
    const now = clock().epochMilliseconds;
    const calls = await database.lookUp<FoundRow>`
      select org_id, id from undecided_calls(${new Date(now)}, ${rowsPerRound}::int)`;
    await workThrough(
      calls,
      ({ orgId, id: callId }) => database.inTenant(orgId, (tx) => judgeCall(tx, { orgId, callId, causationId: null })),
      logger,
    );
    const waiting = await database.lookUp<FoundRow>`
      select org_id, id from unanswered_conversations(${new Date(now - unansweredAfterMs)}, ${rowsPerRound}::int)`;
    await workThrough(
      waiting,
      ({ orgId, id: conversationId }) =>
        takeTurn({ orgId, conversationId, causationId: null, commit: (work) => database.inTenant(orgId, work) }),
      logger,
    );
  };
}
