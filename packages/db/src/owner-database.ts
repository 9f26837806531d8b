import type { Id } from '@frontdesk/kernel';
import pg from 'pg';
import { inTenants, transactionOn } from './database.ts';
import { assertOrgId, type TenantTransaction } from './tenant-transaction.ts';

/** The database as its owner sees it: for setting clinics up and taking them out, never for a service. */
export type OwnerDatabase = {
  /** Runs `work` in one transaction that sees the rows of `orgId` alone, and may write all of them. */
  inTenant<T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>): Promise<T>;
  /** The clinics there are. */
  tenants(): Promise<Id[]>;
  /** Every row of the clinic, table by table, as of one moment. Columns of bytes (digests, sealed tokens) stay behind. */
  exportTenant(orgId: Id): AsyncGenerator<ExportedRow>;
  close(): Promise<void>;
};

export type ExportedRow = { table: string; row: Record<string, unknown> };

export type OwnerDatabaseOptions = {
  /** `DATABASE_ADMIN_URL`. */
  url: string;
};

const rowsAtOnce = 1_000;

export function createOwnerDatabase({ url }: OwnerDatabaseOptions): OwnerDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000, pipeline: true });
  return {
    inTenant: (orgId, work) => inTenants(pool, [orgId], (client) => work(transactionOn(client))),
    async tenants() {
      const { rows } = await pool.query<{ id: Id }>('select id from organizations order by id');
      return rows.map(({ id }) => id);
    },
    async *exportTenant(orgId) {
      assertOrgId(orgId);
      const client = await pool.connect();
      try {
        await client.query('begin transaction isolation level repeatable read, read only');
        await client.query("select set_config('app.org_ids', $1, true)", [orgId]);
        for (const { name, columns, filter } of await tenantTables(client)) {
          yield* readTable(client, { name, columns, filter, orgId });
        }
      } finally {
        await client.query('rollback').catch(() => {});
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

type TenantTable = { name: string; columns: string; filter: string };

/** Quoted names, as the catalogue gives them. */
async function tenantTables(client: pg.PoolClient): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(`
    select quote_ident(relname) as name,
      string_agg(quote_ident(attname), ', ' order by attnum) filter (where atttypid not in ('bytea'::regtype, 'tsvector'::regtype))
        as columns,
      case when relname = 'organizations' then 'id' else 'org_id' end as filter
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    group by relname
    having relname = 'organizations' or bool_or(attname = 'org_id')
    order by relname`);
  return rows;
}

async function* readTable(
  client: pg.PoolClient,
  { name, columns, filter, orgId }: TenantTable & { orgId: Id },
): AsyncGenerator<ExportedRow> {
  await client.query(
    `declare exported no scroll cursor for
     select to_jsonb(t) as row from (select ${columns} from ${name} where ${filter} = '${orgId}') as t`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(`fetch ${rowsAtOnce} from exported`);
    for (const { row } of rows) yield { table: name, row };
    if (rows.length < rowsAtOnce) break;
  }
  await client.query('close exported');
}
