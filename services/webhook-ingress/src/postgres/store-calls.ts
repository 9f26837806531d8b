import { toInstant } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type pg from 'pg';
import type { CallState } from '../acceptance/merge-call.ts';
import { jsonRows } from './json-rows.ts';

/** One call, however many legs it has. */
export type CallKey = { orgId: Id; provider: string; sessionId: string; to: PhoneNumber };
export type LockedCall = { id: Id; state: CallState };

type CallRow = {
  id: Id;
  session_id: string;
  from_number: PhoneNumber | null;
  started_at: Date | null;
  answered_at: Date | null;
  ended_at: Date | null;
  hangup_cause: string | null;
  decide_at: Date | null;
};

/** Finds or makes the calls, each at most once in `calls`, and locks them until the commit. */
export async function lockCalls(client: pg.ClientBase, calls: readonly CallKey[]): Promise<Map<string, LockedCall>> {
  const { rows } = await client.query<CallRow>({
    name: 'lock-calls',
    // The update changes nothing: it locks the row and returns what stands there.
    text: `
      insert into calls (org_id, id, provider, session_id, to_number)
      select org_id, id, provider, session_id, to_number
      from jsonb_to_recordset($1::jsonb) as c (org_id uuid, id uuid, provider text, session_id text, to_number text)
      order by org_id, provider, session_id
      on conflict (org_id, provider, session_id) do update set from_number = calls.from_number
      returning id, session_id, from_number, started_at, answered_at, ended_at, hangup_cause, decide_at`,
    values: [
      jsonRows(
        calls.map(({ orgId, provider, sessionId, to }) => ({
          org_id: orgId,
          id: newId(),
          provider,
          session_id: sessionId,
          to_number: to,
        })),
      ),
    ],
  });
  return new Map(rows.map((row) => [row.session_id, { id: row.id, state: stateOf(row) }]));
}

/** Writes what is known of the locked calls now. */
export async function storeCalls(
  client: pg.ClientBase,
  calls: readonly { orgId: Id; id: Id; conversationId: Id | null; state: CallState }[],
): Promise<void> {
  await client.query({
    name: 'store-calls',
    text: `
      update calls c set conversation_id = coalesce(c.conversation_id, n.conversation_id), from_number = n.from_number,
        started_at = n.started_at, answered_at = n.answered_at, ended_at = n.ended_at, hangup_cause = n.hangup_cause,
        decide_at = coalesce(c.decide_at, n.decide_at)
      from jsonb_to_recordset($1::jsonb) as n (org_id uuid, id uuid, conversation_id uuid, from_number text,
        started_at timestamptz, answered_at timestamptz, ended_at timestamptz, hangup_cause text, decide_at timestamptz)
      where c.org_id = n.org_id and c.id = n.id`,
    values: [
      jsonRows(
        calls.map(({ orgId, id, conversationId, state }) => ({
          org_id: orgId,
          id,
          conversation_id: conversationId,
          from_number: state.fromNumber,
          started_at: state.startedAt,
          answered_at: state.answeredAt,
          ended_at: state.endedAt,
          hangup_cause: state.hangupCause,
          decide_at: state.decideAt,
        })),
      ),
    ],
  });
}

function stateOf(row: CallRow): CallState {
  const instant = (date: Date | null) => (date === null ? null : toInstant(date));
  return {
    fromNumber: row.from_number,
    startedAt: instant(row.started_at),
    answeredAt: instant(row.answered_at),
    endedAt: instant(row.ended_at),
    hangupCause: row.hangup_cause,
    decideAt: instant(row.decide_at),
  };
}
