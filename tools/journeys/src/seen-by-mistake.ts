import type { Desk } from './desk.ts';

/** Those of the services. */
export const serviceRoles = [
  'frontdesk_webhook_ingress',
  'frontdesk_conversation_worker',
  'frontdesk_messaging_worker',
  'frontdesk_payments',
  'frontdesk_api',
] as const;

/** Tables of tenants that have rows of this clinic. */
export async function tablesWithRowsOf(desk: Desk, orgId: string): Promise<string[]> {
  const { rows } = await desk.rows.query<{ name: string }>(
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'org_id' and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition
       and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  const counted = await Promise.all(
    rows.map(async ({ name }) => ((await desk.count(`from ${name} where org_id = $1`, orgId)) > 0 ? [name] : [])),
  );
  return counted.flat();
}

type Between = { tables: readonly string[]; clinic: string; other: string };

/** What each service sees of the other clinic when a query in a transaction of this clinic forgets the filter. */
export async function seenByMistake(desk: Desk, { tables, clinic, other }: Between): Promise<string[]> {
  const seen: string[] = [];
  for (const role of serviceRoles) {
    const pool = desk.server.poolAs(role);
    const { rows } = await pool.query<{ name: string }>(
      `select name from unnest($1::text[]) as name where has_column_privilege(current_user, name, 'org_id', 'select')`,
      [tables],
    );
    for (const { name } of rows) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query("select set_config('app.org_ids', $1, true)", [clinic]);
        const orgs = await client.query<{ org_id: string }>(`select distinct org_id from ${name}`);
        if (orgs.rows.some(({ org_id }) => org_id === other)) seen.push(`${role} in ${name}`);
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  }
  return seen;
}
