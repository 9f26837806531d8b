import type { makeDecideCall } from '@frontdesk/conversation';
import { decideAt } from '@frontdesk/conversation/postgres';
import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Id } from '@frontdesk/kernel';

export type JudgeCall = ReturnType<typeof makeDecideCall>;
export type WaitForCall = (call: { orgId: Id; callId: Id }) => Promise<void>;

/** Waits for the moment that the call's row names, but never longer than `longestMs`, whatever the clocks say. */
export function makeWaitForCall({
  database,
  clock,
  wait,
  longestMs,
}: {
  database: TenantDatabase;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  longestMs: number;
}): WaitForCall {
  return async ({ orgId, callId }) => {
    const due = await database.inTenant(orgId, (tx) => decideAt(tx, { orgId, callId }));
    if (due === null) return;
    const ms = due.epochMilliseconds - clock().epochMilliseconds;
    if (ms > 0) await wait(Math.min(ms, longestMs));
  };
}
