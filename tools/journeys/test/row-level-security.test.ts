import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clinicNumber, openDesk, untilAtRest, walkToLink, type Desk } from '../src/index.ts';

const roles = [
  'frontdesk_webhook_ingress',
  'frontdesk_conversation_worker',
  'frontdesk_messaging_worker',
  'frontdesk_payments',
] as const;
const [clinic, other] = [clinicNumber(40), clinicNumber(41, { name: 'Oak Skin Studio' })];
let desk: Desk;

/** In both clinics a person calls, chats, pays and is booked, so that every table has rows of both. */
beforeAll(async () => {
  desk = await openDesk([clinic, other]);
  await Promise.all(
    [clinic, other].map(async (where) => {
      const patient = desk.patient(where);
      await patient.callInVain();
      await patient.hears(/missed your call/);
      const link = await walkToLink(desk, patient);
      await desk.simulators.square.pay(link);
      await patient.hears(/You're booked/);
      await desk.patient(where).ask('Is my swelling normal?');
      await desk.patient(where).text('please stop texting me');
    }),
  );
  await untilAtRest(desk);
}, 90_000);
afterAll(() => desk?.close());

/** Tables of tenants that have rows of the other clinic. */
async function tablesOfBoth(): Promise<string[]> {
  const { rows } = await desk.rows.query<{ name: string }>(
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'org_id' and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition
       and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  const counted = await Promise.all(
    rows.map(async ({ name }) => ((await desk.count(`from ${name} where org_id = $1`, other.id)) > 0 ? [name] : [])),
  );
  return counted.flat();
}

/** What each service sees of the other clinic when a query in a transaction of this clinic forgets the filter. */
async function seenByMistake(tables: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  for (const role of roles) {
    const pool = desk.server.poolAs(role);
    const { rows } = await pool.query<{ name: string }>(
      `select name from unnest($1::text[]) as name where has_column_privilege(current_user, name, 'org_id', 'select')`,
      [tables],
    );
    for (const { name } of rows) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query("select set_config('app.org_ids', $1, true)", [clinic.id]);
        const orgs = await client.query<{ org_id: string }>(`select distinct org_id from ${name}`);
        if (orgs.rows.some(({ org_id }) => org_id === other.id)) seen.push(`${role} in ${name}`);
      } finally {
        await client.query('rollback');
        client.release();
      }
    }
  }
  return seen;
}

describe('a person of one clinic', () => {
  it('is invisible to the other in every table and to every service, also when a query forgets the filter', async () => {
    const tables = await tablesOfBoth();
    expect(tables).toEqual(
      expect.arrayContaining(['contacts', 'leads', 'inbound_messages', 'appointments', 'deposits', 'event_log']),
    );
    expect(tables.length).toBeGreaterThan(25);
    expect(await seenByMistake(tables)).toEqual([]);
  });

  it('would be seen everywhere if row-level security were off', async () => {
    const tables = await tablesOfBoth();
    for (const table of tables) await desk.rows.query(`alter table ${table} disable row level security`);
    const seen = await seenByMistake(tables);
    for (const role of roles) expect(seen).toEqual(expect.arrayContaining([`${role} in contacts`, `${role} in leads`]));
  });
});
