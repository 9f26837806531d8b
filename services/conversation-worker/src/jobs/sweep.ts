import type { TurnRequest } from '@frontdesk/conversation';
import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Id, Logger } from '@frontdesk/kernel';
import type { JudgeCall } from '../judge-call.ts';

const rowsPerRound = 50;
const atOnce = 5;

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
    const calls = await database.lookUp<{ org_id: Id; id: Id }>`
      select org_id, id from undecided_calls(${new Date(now)}, ${rowsPerRound}::int)`;
    await each(calls, (orgId, callId) =>
      database.inTenant(orgId, (tx) => judgeCall(tx, { orgId, callId, causationId: null })),
    );
    const waiting = await database.lookUp<{ org_id: Id; id: Id }>`
      select org_id, id from unanswered_conversations(${new Date(now - unansweredAfterMs)}, ${rowsPerRound}::int)`;
    await each(waiting, (orgId, conversationId) =>
      takeTurn({ orgId, conversationId, causationId: null, commit: (work) => database.inTenant(orgId, work) }),
    );
  };

  /** A few side by side; one that fails is found again by the next round. */
  async function each(rows: { org_id: Id; id: Id }[], work: (orgId: Id, id: Id) => Promise<unknown>): Promise<void> {
    for (let n = 0; n < rows.length; n += atOnce) {
      const results = await Promise.allSettled(rows.slice(n, n + atOnce).map((row) => work(row.org_id, row.id)));
      for (const result of results) {
        if (result.status === 'rejected')
          logger.warn({ error: result.reason as unknown }, 'a due row was left for the next round');
      }
    }
  }
}
