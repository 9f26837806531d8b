import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { treatmentTable } from '../src/erasure-page.ts';
import { treatments } from '../src/index.ts';

let server: TestDatabase;
let columns: ReadonlyMap<string, string[]>;
beforeAll(async () => {
  server = await createTestDatabase();
  const { rows } = await server.owner.query<{ table: string; columns: string[] }>(`
    select relname as table, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    group by relname`);
  columns = new Map(rows.map((row) => [row.table, row.columns]));
});
afterAll(() => server.close());

/** What `erase_person` empties. A column that is in neither list is one that nobody has decided about. */
const emptied: Readonly<Record<string, readonly string[]>> = {
  contacts: ['phone', 'time_zone', 'us_state', 'detail_agreed_at'],
  conversations: ['handed_off_at', 'leased_until', 'last_inbound_at'],
  staff_tasks: ['reason', 'message_id'],
  appointments: [],
  deposits: ['link_url'],
  opt_outs: ['org_id', 'phone'],
  consent_events: ['phone', 'wording'],
  webhook_events: ['payload'],
  parked_messages: ['body'],
};

describe('what happens to a person’s rows', () => {
  it('is decided for every table', () => {
    expect(treatments.map(({ table }) => table).toSorted()).toEqual([...columns.keys()].toSorted());
  });

  it.each(treatments.filter((treatment) => treatment.does === 'anonymised'))(
    'is decided for every column of $table',
    ({ table, keeps }) => {
      expect([...keeps, ...(emptied[table] ?? [])].toSorted()).toEqual(columns.get(table)?.toSorted());
    },
  );

  it('is what docs/erasure.md says', async () => {
    const page = await readFile(new URL('../../../docs/erasure.md', import.meta.url), 'utf8');
    expect(page).toContain(treatmentTable(treatments));
  });
});
