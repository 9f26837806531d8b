import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { ModelAnswer } from '../ports.ts';
import type { Step, ToolOutcome } from '../turn.ts';

type Of = { orgId: Id; turnId: Id };

export async function insertTurn(
  tx: TenantTransaction,
  turn: Of & { conversationId: Id; fence: number; lastSeq: number; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    insert into turns (org_id, id, conversation_id, fence, last_inbound_seq, started_at)
    values (${turn.orgId}::uuid, ${turn.turnId}::uuid, ${turn.conversationId}::uuid, ${turn.fence}, ${turn.lastSeq},
      ${toDate(turn.now)})`;
}

/** A worker goes on with a turn that another one began. */
export async function adoptTurn(
  tx: TenantTransaction,
  { orgId, turnId, fence }: Of & { fence: number },
): Promise<void> {
  await tx.$executeRaw`
    update turns set fence = ${fence} where org_id = ${orgId}::uuid and id = ${turnId}::uuid and state = 'running'`;
}

/** Newer texts made the turn stale before it could answer. */
export async function supersedeTurn(
  tx: TenantTransaction,
  { orgId, turnId, now }: Of & { now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update turns set state = 'superseded', ended_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${turnId}::uuid and state = 'running'`;
}

/** Stores an answer of the model before anything is done about it. */
export async function storeAnswer(
  tx: TenantTransaction,
  { orgId, turnId, step, answer }: Of & { step: number; answer: ModelAnswer },
): Promise<void> {
  await tx.$executeRaw`
    insert into turn_steps (org_id, turn_id, step, response)
    values (${orgId}::uuid, ${turnId}::uuid, ${step}, ${jsonText(answer)}::jsonb)
    on conflict (org_id, turn_id, step) do nothing`;
}

/** Stores what came of an answer, in the transaction of the effects themselves. */
export async function storeResults(
  tx: TenantTransaction,
  {
    orgId,
    turnId,
    step,
    results,
    correction,
  }: Of & { step: number; results: readonly ToolOutcome[]; correction: string | null },
): Promise<void> {
  await tx.$executeRaw`
    update turn_steps set tool_results = ${jsonText({ results, correction })}::jsonb
    where org_id = ${orgId}::uuid and turn_id = ${turnId}::uuid and step = ${step}`;
}

export type TurnEnd = Of & {
  conversationId: Id;
  state: 'answered' | 'fell-back';
  failure: string | null;
  lastSeq: number;
  handledBy: 'turn' | 'handed-off' | 'opted-out';
  /** Texts that held nothing but a card number. */
  cardTexts: readonly Id[];
  /** The last answer and where its facts stand on record; null when code answered alone. */
  lastStep: { step: number; answer: Step['answer']; bound: readonly { words: string; origin: string }[] } | null;
  now: Temporal.Instant;
};

/** Ends the turn: its texts are handled, its last step is kept. Returns whether newer texts wait. */
export async function endTurn(tx: TenantTransaction, end: TurnEnd): Promise<{ newerTexts: boolean }> {
  const { orgId, turnId, now, lastStep } = end;
  const [row] = await tx.$queryRaw<{ newer: boolean }[]>`
    with handled as (
      update inbound_messages set handled_turn_id = ${turnId}::uuid, handled_at = ${toDate(now)},
        handled_by = case when id = any (${end.cardTexts}::uuid[]) then 'card-answer' else ${end.handledBy} end
      where org_id = ${orgId}::uuid and conversation_id = ${end.conversationId}::uuid and handled_by is null
        and seq <= ${end.lastSeq}),
    ended as (
      update turns set state = ${end.state}, failure = ${end.failure}, ended_at = ${toDate(now)}
      where org_id = ${orgId}::uuid and id = ${turnId}::uuid),
    kept as (
      insert into turn_steps (org_id, turn_id, step, response, tool_results)
      select ${orgId}::uuid, ${turnId}::uuid, ${lastStep?.step ?? 0}::smallint,
        ${jsonText(lastStep?.answer ?? null)}::jsonb, ${jsonText({ bound: lastStep?.bound ?? [] })}::jsonb
      where ${lastStep !== null}::boolean
      on conflict (org_id, turn_id, step) do nothing)
    select exists (select from inbound_messages where org_id = ${orgId}::uuid
      and conversation_id = ${end.conversationId}::uuid and handled_by is null and seq > ${end.lastSeq}) as newer`;
  return { newerTexts: row?.newer ?? false };
}

/** Postgres takes neither NUL nor halves of characters, which a model may well write. */
function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? inner.replaceAll('\0', '').toWellFormed() : inner,
  );
}
