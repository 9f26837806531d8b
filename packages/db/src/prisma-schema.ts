import type pg from 'pg';

const header = `// Made from the migrated database by \`pnpm --filter @frontdesk/db from-database\`. Change the migrations, not this file.

generator client {
  provider               = "prisma-client"
  output                 = "../src/generated/prisma"
  moduleFormat           = "esm"
  importFileExtension    = "ts"
}

datasource db {
  provider = "postgresql"
}
`;

const prismaTypes: Record<string, string> = {
  uuid: 'String @db.Uuid',
  text: 'String',
  int2: 'Int @db.SmallInt',
  int4: 'Int',
  int8: 'BigInt',
  bool: 'Boolean',
  timestamptz: 'DateTime @db.Timestamptz(6)',
  time: 'DateTime @db.Time(6)',
  bytea: 'Bytes',
  jsonb: 'Json',
  tsvector: 'Unsupported("tsvector")',
};

type Column = {
  table: string;
  column: string;
  type: string;
  array: boolean;
  nullable: boolean;
  generated: boolean;
  defaulted: string | null;
};
type Key = { table: string; columns: string[]; primary: boolean };

/** The Prisma schema of the migrated database: every table with its columns and keys, in camel case. */
export async function prismaSchemaOf(client: Pick<pg.Client, 'query'>): Promise<string> {
  const columns = await client.query<Column>(`
    select relname as "table", attname as "column", ltrim(typname, '_') as type, typcategory = 'A' as array,
      not attnotnull as nullable, attidentity <> '' or attgenerated <> '' as generated,
      pg_get_expr(adbin, adrelid) as defaulted
    from pg_attribute
      join pg_class on pg_class.oid = attrelid
      join pg_type on pg_type.oid = atttypid
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and attnum > 0 and not attisdropped and relname <> 'migrations'
    order by relname, attnum`);
  const keys = await client.query<Key>(`
    select relname as "table", array_agg(attname::text order by ordinality) as columns, bool_or(indisprimary) as primary
    from pg_index
      join pg_class on pg_class.oid = indrelid
      cross join unnest(indkey::int2[]) with ordinality as part (attnum, ordinality)
      join pg_attribute on attrelid = indrelid and pg_attribute.attnum = part.attnum
    where relnamespace = 'public'::regnamespace and indisunique and indpred is null and indexprs is null
      and not relispartition
    group by relname, indexrelid
    order by relname, bool_or(indisprimary) desc, columns`);
  const tables = Map.groupBy(columns.rows, ({ table }) => table);
  const models = [...tables].map(([table, own]) =>
    model(
      table,
      own,
      keys.rows.filter((key) => key.table === table),
    ),
  );
  return [header, ...models].join('\n');
}

function model(table: string, columns: readonly Column[], keys: readonly Key[]): string {
  const lines = columns.map(field);
  const rules = keys.map(
    ({ columns: names, primary }) => `  @@${primary ? 'id' : 'unique'}([${names.map(camel).join(', ')}])`,
  );
  const unkeyed = keys.some(({ primary }) => primary) ? [] : ['  @@ignore'];
  return [`model ${pascal(table)} {`, ...lines, '', ...rules, ...unkeyed, `  @@map("${table}")`, '}', ''].join('\n');
}

function field({ column, type, array, nullable, generated, defaulted }: Column): string {
  const [base, ...attributes] = (prismaTypes[type] ?? `Unsupported("${type}")`).split(' ');
  const shape = array ? '[]' : nullable || base?.startsWith('Unsupported') ? '?' : '';
  const given = generated || defaulted !== null ? ['@default(dbgenerated())'] : [];
  const mapped = camel(column) === column ? [] : [`@map("${column}")`];
  return [
    '  ' + camel(column),
    `${base}${shape}`,
    ...(base?.startsWith('Unsupported') ? [] : given),
    ...mapped,
    ...attributes,
  ].join(' ');
}

function camel(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `staff_tasks` becomes `StaffTask`. */
function pascal(table: string): string {
  const name = camel(`_${table}`);
  return name
    .replace(/ies$/, 'y')
    .replace(/(sses|xes)$/, (ending) => ending.slice(0, -2))
    .replace(/([^s])s$/, '$1');
}
