/**
 * One kind of outward act: its causes and its effects, each named by the key that both carry. Every cause has one effect
 * and every effect has a cause; what is not so is a breach, in the words given here.
 */
export type EffectKind = {
  /** In the plural, as the report counts them. */
  name: string;
  /** Yields `org_id`, `key` (text) and `at`, the moment of the cause. */
  causes: string;
  /** Yields the same of the effects. */
  effects: string;
  /** A cause without its effect. Both are written in one transaction, so none may wait for the other. */
  missing: string;
  /** An effect without a cause; left out where a cause may pass away. */
  unasked?: string;
  /** More than one effect of one cause. */
  twice: string;
};

/** A search for rows that break a promise or are still open. */
export type Rule = {
  /** In words, of one row. */
  what: string;
  /** Yields `org_id`, `id` (text) and `at`, since when it is so. */
  sql: string;
  /** Open work is no breach before it has waited for so long; broken promises are one at once. */
  patienceSeconds?: number;
};

/** A rule, or one of the three ways in which causes and effects can differ, as a select of `what, org_id, id, at`. */
export function searches(kinds: readonly EffectKind[], rules: readonly Rule[]): { what: string; sql: string }[] {
  const differences = kinds.flatMap(({ missing, unasked, twice, ...kind }) => [
    { what: missing, sql: comparing(kind, 'effects is null') },
    ...(unasked === undefined ? [] : [{ what: unasked, sql: comparing(kind, 'causes is null') }]),
    { what: twice, sql: comparing(kind, 'effects > 1') },
  ]);
  const found = rules.map(({ what, sql, patienceSeconds = 0 }) => ({
    what,
    sql: `select org_id, id, at from (${sql}) as found where $5 = 0
      or coalesce(at, '-infinity') <= $4::timestamptz - ${patienceSeconds} * interval '1 second'`,
  }));
  return [...differences, ...found];
}

/** Causes beside effects, one row for each key of either: `org_id, key, causes, effects, at`. */
export function sideBySide({ causes, effects }: Pick<EffectKind, 'causes' | 'effects'>): string {
  const grouped = (sql: string, n: string) =>
    `(select org_id, key, count(*)::int as ${n}, min(at) as at from (${sql}) as each group by org_id, key)`;
  return `select org_id, key, causes, effects, coalesce(cause.at, effect.at) as at
    from ${grouped(causes, 'causes')} as cause full join ${grouped(effects, 'effects')} as effect using (org_id, key)`;
}

const comparing = (kind: Pick<EffectKind, 'causes' | 'effects'>, difference: string) =>
  `select org_id, key as id, at from (${sideBySide(kind)}) as compared where ${difference}`;
