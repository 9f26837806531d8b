import type { OperatorDatabase } from '@frontdesk/db';

/** Which texts are meant. What is left out does not matter. */
export type TextFilter = {
  ids?: readonly string[];
  orgId?: string;
  states?: readonly string[];
  /** Asked for at this moment or later, and before that one. */
  since?: Temporal.Instant;
  until?: Temporal.Instant;
};

/** A text as operators see it: neither its words nor its numbers. */
export type StoredText = {
  id: string;
  orgId: string;
  conversationId: string | null;
  class: string;
  kind: string;
  /** What asked for it. */
  causeKey: string;
  state: string;
  /** Why it failed or was suppressed: one of our own sentences. */
  reason: string | null;
  attempts: number;
  /** Of the last attempt. */
  carrier: string | null;
  segments: number | null;
  encoding: string | null;
  nextAttemptAt: string | null;
  askedAt: string;
  stateAt: string;
};

type Moments = 'nextAttemptAt' | 'askedAt' | 'stateAt';
type Row = Omit<StoredText, Moments> & { nextAttemptAt: Date | null; askedAt: Date; stateAt: Date };

/** The newest of them, at most `most`. */
export async function listTexts(
  database: OperatorDatabase,
  { ids, orgId, states, since, until }: TextFilter,
  most: number,
): Promise<StoredText[]> {
  const rows = await database.query<Row>`
    select m.id, m.org_id as "orgId", m.conversation_id as "conversationId", m.class, m.kind, m.cause_key as "causeKey", m.state,
      m.reason, m.attempts::int, m.segments::int, m.encoding, m.next_attempt_at as "nextAttemptAt", m.created_at as "askedAt",
      m.state_at as "stateAt",
      (select a.provider from send_attempts a where a.org_id = m.org_id and a.message_id = m.id order by a.number desc limit 1)
        as carrier
    from outbound_messages m
    where (${ids ?? null}::uuid[] is null or m.id = any (${ids ?? null}::uuid[]))
      and (${orgId ?? null}::uuid is null or m.org_id = ${orgId ?? null}::uuid)
      and (${states ?? null}::text[] is null or m.state = any (${states ?? null}::text[]))
      and m.created_at >= coalesce(${since?.toString() ?? null}::timestamptz, '-infinity')
      and m.created_at < coalesce(${until?.toString() ?? null}::timestamptz, 'infinity')
    order by m.created_at desc, m.id desc limit ${most}::int`;
  return rows.map(({ nextAttemptAt, askedAt, stateAt, ...text }) => ({
    ...text,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    askedAt: askedAt.toISOString(),
    stateAt: stateAt.toISOString(),
  }));
}
