import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { assertBoundByRowLevelSecurity, createPool } from './connection.ts';
import { inTenants } from './database.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

/** Tables whose rows may belong to no clinic or to several, or are read by the relay of all clinics. Their policies differ on purpose. */
const withoutOneTenant = [
  'api_rate_limits',
  'event_log',
  'migrations',
  'outbox',
  'parked_messages',
  'replays',
  'send_room',
  'webhook_events',
  'webhook_replays',
];

describe('row-level security', () => {
  it('is forced on every table, also for the owner', async () => {
    const { rows } = await server.owner.query<{ relname: string }>(`
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and not (relrowsecurity and relforcerowsecurity)`);
    expect(rows.map(({ relname }) => relname)).toEqual(['migrations']);
  });

  it('binds each table to the clinic of the transaction, except those in one list', async () => {
    const { rows } = await server.owner.query<{ relname: string }>(`
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and not exists (select from pg_policy where polrelid = pg_class.oid and polname = 'tenant' and polcmd = '*')
      order by relname`);
    expect(rows.map(({ relname }) => relname)).toEqual(withoutOneTenant);
  });

  it('is not walked around by way of a partition, which has no policy of its own', async () => {
    const { rows } = await server.owner.query<{ relname: string; readers: string[] }>(`
      select relname, array(select rolname::text from pg_roles
        where rolname like 'frontdesk\\_%' and not rolsuper and rolname <> tableowner
          and has_table_privilege(rolname, pg_class.oid, 'select, insert, update, delete')) as readers
      from pg_class join pg_tables on tablename = relname and schemaname = 'public'
      where relispartition and relkind = 'r'`);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ readers }) => readers.length > 0)).toEqual([]);
  });

  it('shows and changes nothing when no clinic is set', async () => {
    const clinic = await createTestClinic(server.owner);
    const pool = server.poolAs('frontdesk_webhook_ingress');
    expect((await pool.query('select * from organizations')).rows).toEqual([]);
    await expect(
      pool.query('insert into contacts (org_id, id, phone) values ($1, $2, $3)', [clinic.id, newId(), '+14805550123']),
    ).rejects.toThrow(/row-level security/);
  });

  it("refuses a row that names another clinic, and hides another clinic's rows", async () => {
    const [own, other] = [await createTestClinic(server.owner), await createTestClinic(server.owner)];
    const pool = server.poolAs('frontdesk_webhook_ingress');
    const insert = (orgId: string) =>
      inTenants(pool, [own.id], (client) =>
        client.query('insert into contacts (org_id, id, phone) values ($1, $2, $3)', [orgId, newId(), '+14805550124']),
      );
    await insert(own.id);
    await expect(insert(other.id)).rejects.toThrow(/row-level security/);
    const seen = await inTenants(pool, [other.id], (client) => client.query('select * from contacts'));
    expect(seen.rows).toEqual([]);
  });

  it('lets a service add outbox rows in its own name only, and read none', async () => {
    const clinic = await createTestClinic(server.owner);
    const pool = server.poolAs('frontdesk_payments');
    const append = (columns: string, values: string) =>
      inTenants(pool, [clinic.id], (client) =>
        client.query(
          `insert into outbox (org_id, queue, group_id, shard, event_id, envelope ${columns})
           values ($1, 'messaging.fifo', 'g', 0, $2, '{}' ${values})`,
          [clinic.id, newId()],
        ),
      );
    await append('', '');
    await expect(append(', producer', ", 'messaging-worker'")).rejects.toThrow(/row-level security/);
    await expect(inTenants(pool, [clinic.id], (client) => client.query('select * from outbox'))).rejects.toThrow(
      /permission denied/,
    );
    const { rows } = await server.owner.query('select producer from outbox where org_id = $1', [clinic.id]);
    expect(rows).toEqual([{ producer: 'payments' }]);
  });

  it("keeps the clinics' payment tokens from every service but payments", async () => {
    const clinic = await createTestClinic(server.owner);
    const read = (role: 'frontdesk_payments' | 'frontdesk_conversation_worker') =>
      inTenants(server.poolAs(role), [clinic.id], (client) =>
        client.query('select access_token from deposit_accounts'),
      );
    expect((await read('frontdesk_payments')).rowCount).toBe(1);
    await expect(read('frontdesk_conversation_worker')).rejects.toThrow(/permission denied/);
  });
});

describe('a service that starts', () => {
  it('accepts a login that row-level security binds and refuses the owner', async () => {
    await assertBoundByRowLevelSecurity(server.poolAs('frontdesk_payments'));
    await expect(assertBoundByRowLevelSecurity(server.owner)).rejects.toThrow(
      /DATABASE_URL logs in as frontdesk_owner/,
    );
    const disguised = createPool({ url: server.adminUrl, role: 'frontdesk_payments', max: 1 });
    await expect(assertBoundByRowLevelSecurity(disguised)).rejects.toThrow(/row-level security does not bind/);
    await disguised.end();
  });
});
