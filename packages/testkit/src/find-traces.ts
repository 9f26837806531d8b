import type pg from 'pg';

export type Trace = { where: string; rows: number };

/**
 * Looks for words in every column of every table of every schema that can hold any: texts, JSON, arrays, bytes. Case does not count,
 * and a number is found in each of its spellings.
 */
export async function findTraces(owner: pg.Pool, needles: readonly string[]): Promise<Trace[]> {
  const { rows: columns } = await owner.query<{ place: string; name: string }>(`
    select quote_ident(nspname) || '.' || quote_ident(relname) as place, quote_ident(attname) as name
    from pg_attribute join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and attnum > 0 and not attisdropped and nspname not in ('pg_catalog', 'information_schema')
      and nspname not like 'pg_toast%' and atttypid::regtype::text ~ '^(text|character|name|json|bytea|tsvector)'
    order by 1, attnum`);
  const patterns = needles.flatMap(spellings).map((needle) => `%${needle.toLowerCase()}%`);
  const found: Trace[] = [];
  for (const { place, name } of columns) {
    const { rows } = await owner.query<{ rows: number }>(
      `select count(*)::int as rows from ${place} where lower(${name}::text) like any ($1)
         or lower(encode(convert_to(${name}::text, 'UTF8'), 'escape')) like any ($1)`,
      [patterns],
    );
    if ((rows[0]?.rows ?? 0) > 0) found.push({ where: `${place}.${name}`, rows: rows[0]?.rows ?? 0 });
  }
  return found;
}

function spellings(needle: string): string[] {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(needle) ?? [];
  if (area === undefined) return [needle];
  return [
    `${area}${exchange}${line}`,
    `(${area}) ${exchange}-${line}`,
    `${area}-${exchange}-${line}`,
    `${area}.${exchange}.${line}`,
  ];
}
