import type pg from 'pg';

const header = `# Who writes which table

Made from the grants of the migrated database by \`pnpm --filter @frontdesk/db from-database\`; a test holds it true.
\`+\` inserts rows, \`~\` changes them (columns in brackets when only some), \`-\` removes them. Every service reads the rows of its
clinics; row-level security decides which those are. What no service writes is set up by the owner of the database. Operators read
all clinics' rows, but no column with what a person wrote, a name or a number.

`;

const roles = {
  frontdesk_webhook_ingress: 'webhook-ingress',
  frontdesk_conversation_worker: 'conversation-worker',
  frontdesk_messaging_worker: 'messaging-worker',
  frontdesk_payments: 'payments',
  frontdesk_api: 'api',
  frontdesk_relay: 'relay',
  frontdesk_retention: 'retention',
  frontdesk_operator: 'operator',
};

type Grant = { table: string; role: string; inserts: boolean; updates: boolean; deletes: boolean; columns: string[] };

/** The grants of the migrated database as a table for people. */
export async function ownershipMatrix(client: Pick<pg.Client, 'query'>): Promise<string> {
  const { rows } = await client.query<Grant>(
    `select relname as "table", role,
       has_table_privilege(role, pg_class.oid, 'insert') as inserts,
       has_table_privilege(role, pg_class.oid, 'update') as updates,
       has_table_privilege(role, pg_class.oid, 'delete') as deletes,
       array(select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped
         and has_column_privilege(role, pg_class.oid, attnum, 'update') order by attnum) as columns
     from pg_class, unnest($1::text[]) as role
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migrations'
     order by relname`,
    [Object.keys(roles)],
  );
  const tables = Map.groupBy(rows, ({ table }) => table);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const body = [...tables].map(([table, grants]) =>
    line([`\`${table}\``, ...Object.keys(roles).map((role) => cell(grants.find((grant) => grant.role === role)))]),
  );
  return (
    header +
    line(['table', ...Object.values(roles)]) +
    line(['---', ...Object.keys(roles).map(() => '---')]) +
    body.join('')
  );
}

function cell(grant: Grant | undefined): string {
  if (grant === undefined) return '';
  const some = !grant.updates && grant.columns.length > 0;
  return [
    grant.inserts ? '+' : '',
    grant.updates ? '~' : some ? `~ (${grant.columns.join(', ')})` : '',
    grant.deletes ? '-' : '',
  ]
    .filter((sign) => sign !== '')
    .join(' ');
}
