import { searches, type EffectKind, type Rule } from './effect-kind.ts';
import type { Look, Scope } from './look.ts';

/** One way in which rows contradict each other, with the rows that do. */
export type Breach = {
  /** In words, of one row. */
  what: string;
  count: number;
  /** The oldest ones. */
  rows: { orgId: string | null; id: string; since: string | null }[];
};

export type SearchOptions = Scope & {
  now: Temporal.Instant;
  /** `none`: what is still open counts at once, as when a desk should be at rest. */
  patience?: 'usual' | 'none';
};

/** Most rows that a breach names. */
const rowsNamed = 20;

/** What is left of somebody who was erased has lost its causes and effects on purpose. */
const ofErased = `exists (select from erased_ids e where e.org_id = everything.org_id and strpos(everything.id, e.id::text) > 0)`;

type Found = { what: string; org_id: string | null; id: string; at: Date | null; total: number };

/** What breaks a rule, or has an effect without its cause, all in one moment. */
export async function findBreaches(
  look: Look,
  kinds: readonly EffectKind[],
  rules: readonly Rule[],
  options: SearchOptions,
): Promise<Breach[]> {
  const all = searches(kinds, rules).map(
    ({ what, sql }) => `select '${what.replaceAll("'", "''")}' as what, found.* from (${sql}) as found`,
  );
  const found = await look<Found>(
    `select what, org_id, id, at, total::int from (
       select *, count(*) over (partition by what) as total, row_number() over (partition by what order by at, id) as nth
       from (${all.join(' union all ')}) as everything
       where ($1::uuid is null or org_id = $1::uuid) and ($2::timestamptz is null or at >= $2::timestamptz)
         and ($3::timestamptz is null or at < $3::timestamptz) and not ${ofErased}) as numbered
     where nth <= ${rowsNamed} order by what, nth`,
    [...scoped(options), options.now.toString(), options.patience === 'none' ? 0 : 1],
  );
  return [...Map.groupBy(found, ({ what }) => what)].map(([what, rows]) => ({
    what,
    count: rows[0]?.total ?? 0,
    rows: rows.map(({ org_id: orgId, id, at }) => ({ orgId, id, since: at?.toISOString() ?? null })),
  }));
}

/** The first three parameters of every search. */
export function scoped({ orgId, since, until }: Scope): unknown[] {
  return [orgId ?? null, since?.toString() ?? null, until?.toString() ?? null];
}

/** A breach in one line of words. */
export function describeBreach({ what, count, rows }: Breach, shown = 5): string {
  return `${what} (${count}): ${rows
    .slice(0, shown)
    .map(({ id }) => id)
    .join(', ')}`;
}
