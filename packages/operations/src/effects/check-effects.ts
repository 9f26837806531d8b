import { sideBySide } from './effect-kind.ts';
import { effectKinds } from './effect-kinds.ts';
import type { Look, Scope } from './look.ts';
import { moneyRules } from './money-rules.ts';
import { openWork } from './open-work.ts';
import { promises } from './promises.ts';
import { findBreaches, scoped, type Breach, type SearchOptions } from './search.ts';

/** How many causes and effects of one kind there are; equal, unless a breach says why not. */
export type EffectCount = { kind: string; causes: number; effects: number };

/** A text that the carrier may or may not have. It is never sent again by itself: staff have a task. */
export type UnknownOutcome = { orgId: string; messageId: string; since: string; taskOpen: boolean };

export type EffectsReport = {
  checkedAt: string;
  counts: EffectCount[];
  breaches: Breach[];
  unknown: UnknownOutcome[];
};

/** Walks from every cause to its effect and back: cause, row with its key, event, attempt, what the provider said. */
export async function checkEffects(look: Look, options: SearchOptions): Promise<EffectsReport> {
  const [counts, breaches, unknown] = await Promise.all([
    countEffects(look, options),
    findEffectBreaches(look, options),
    findUnknownOutcomes(look, options),
  ]);
  return { checkedAt: options.now.toString(), counts, breaches, unknown };
}

/** The breaches alone, all in one moment. */
export function findEffectBreaches(look: Look, options: SearchOptions): Promise<Breach[]> {
  return findBreaches(look, effectKinds, [...openWork, ...promises, ...moneyRules], options);
}

async function countEffects(look: Look, scope: Scope): Promise<EffectCount[]> {
  const each = effectKinds.map(
    (kind, n) =>
      `select ${n} as n, count(causes)::int as causes, coalesce(sum(effects), 0)::int as effects
       from (${sideBySide(kind)}) as both_sides
       where ($1::uuid is null or org_id = $1::uuid) and ($2::timestamptz is null or at >= $2::timestamptz)
         and ($3::timestamptz is null or at < $3::timestamptz)`,
  );
  const rows = await look<{ n: number; causes: number; effects: number }>(
    `${each.join(' union all ')} order by n`,
    scoped(scope),
  );
  return rows.map(({ n, ...counted }) => ({ kind: String(effectKinds[n]?.name), ...counted }));
}

const unknownShown = 100;

async function findUnknownOutcomes(look: Look, scope: Scope): Promise<UnknownOutcome[]> {
  const rows = await look<{ org_id: string; id: string; state_at: Date; task_open: boolean }>(
    `select m.org_id, m.id::text, m.state_at, exists (select from staff_tasks t
         where t.org_id = m.org_id and t.message_id = m.id and t.resolved_at is null) as task_open
     from outbound_messages m
     where m.state = 'unknown' and ($1::uuid is null or m.org_id = $1::uuid)
       and ($2::timestamptz is null or m.state_at >= $2::timestamptz) and ($3::timestamptz is null or m.state_at < $3::timestamptz)
     order by m.state_at limit ${unknownShown}`,
    scoped(scope),
  );
  return rows.map(({ org_id: orgId, id, state_at: at, task_open: taskOpen }) => ({
    orgId,
    messageId: id,
    since: at.toISOString(),
    taskOpen,
  }));
}
