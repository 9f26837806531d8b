import type { Channel } from '@frontdesk/contracts';
import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** A text as its clinic may see it. */
export type StoredText = {
  id: Id;
  class: string;
  kind: string;
  channel: Channel;
  from: string;
  to: string;
  body: string;
  mediaUrls: readonly string[];
  templateId: Id | null;
  state: string;
  reason: string | null;
  attempts: number;
  nextAttemptAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

/** One try to hand it to a carrier. */
export type StoredAttempt = {
  number: number;
  channel: Channel;
  carrier: string;
  startedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  outcome: string | null;
  errorCode: string | null;
  carrierMessageId: string | null;
};

type Row = {
  id: Id;
  class: string;
  kind: string;
  channel: Channel;
  from_number: string;
  to_number: string;
  body: string;
  media_urls: string[];
  template_id: Id | null;
  state: string;
  reason: string | null;
  attempts: number;
  next_attempt_at: Date | null;
  created_at: Date;
  state_at: Date;
};

export async function findText(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<{ text: StoredText; attempts: StoredAttempt[] } | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select id, class, kind, channel, template_id, from_number, to_number, body, media_urls, state, reason, attempts, next_attempt_at, created_at,
      state_at
    from outbound_messages where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  if (row === undefined) return null;
  const attempts = await tx.$queryRaw<AttemptRow[]>`
    select number, coalesce(channel, ${row.channel}) as channel, provider, started_at, finished_at, outcome, error_code, provider_message_id
    from send_attempts where org_id = ${orgId}::uuid and message_id = ${id}::uuid order by number limit 50`;
  return { text: textOf(row), attempts: attempts.map(attemptOf) };
}

/** Newest first, from behind the text `before`. Ids sort by time. */
export async function listTexts(
  tx: TenantTransaction,
  wanted: { orgId: Id; state: string | null; to: string | null; before: Id | null; atMost: number },
): Promise<StoredText[]> {
  const { orgId, state, to, before, atMost } = wanted;
  const rows = await tx.$queryRaw<Row[]>`
    select id, class, kind, channel, template_id, from_number, to_number, body, media_urls, state, reason, attempts, next_attempt_at, created_at,
      state_at
    from outbound_messages
    where org_id = ${orgId}::uuid and (${before}::uuid is null or id < ${before}::uuid)
      and (${state}::text is null or state = ${state}) and (${to}::text is null or to_number = ${to})
    order by id desc limit ${atMost}::int`;
  return rows.map(textOf);
}

type AttemptRow = {
  number: number;
  channel: Channel;
  provider: string;
  started_at: Date;
  finished_at: Date | null;
  outcome: string | null;
  error_code: string | null;
  provider_message_id: string | null;
};

function attemptOf(row: AttemptRow): StoredAttempt {
  return {
    number: row.number,
    channel: row.channel,
    carrier: row.provider,
    startedAt: toInstant(row.started_at),
    finishedAt: row.finished_at === null ? null : toInstant(row.finished_at),
    outcome: row.outcome,
    errorCode: row.error_code,
    carrierMessageId: row.provider_message_id,
  };
}

function textOf(row: Row): StoredText {
  return {
    id: row.id,
    class: row.class,
    kind: row.kind,
    channel: row.channel,
    from: row.from_number,
    to: row.to_number,
    body: row.body,
    mediaUrls: row.media_urls,
    templateId: row.template_id,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at === null ? null : toInstant(row.next_attempt_at),
    createdAt: toInstant(row.created_at),
    stateAt: toInstant(row.state_at),
  };
}
