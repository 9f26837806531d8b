import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { frontdesk as run } from './run-frontdesk.ts';

let database: TestDatabase;
let env: Record<string, string>;
let clinic: Awaited<ReturnType<typeof createTestClinic>>;
beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  env = { FRONTDESK_ENV: 'test', DATABASE_OPERATOR_URL: database.operatorUrl };
});
afterAll(() => database?.close());

describe.each(['effects', 'ledger'])('%s check', (group) => {
  it('ends with 0 where nothing is wrong, in words and as JSON', async () => {
    const [words, json] = await Promise.all([run([group, 'check'], env), run([group, 'check', '--json'], env)]);
    expect([words.code, json.code]).toEqual([0, 0]);
    expect(words.stdout).toMatch(/Every (cause|cent)/);
    expect(JSON.parse(json.stdout)).toMatchObject({ breaches: [] });
  });

  it('is told when the range makes no sense', async () => {
    expect((await run([group, 'check', '--since', 'yesterday'], env)).code).toBe(2);
  });
});

it('effects check wants no notice of a task about a registration, which staff read in their list', async () => {
  const staff = await database.owner.query('select from staff_members where org_id = $1 and receives_notices limit 1', [
    clinic.id,
  ]);
  expect(staff.rowCount).toBe(1);
  await database.owner.query(
    `insert into staff_tasks (org_id, id, kind, reason, cause_key, created_at, due_at)
     values ($1, $2::uuid, 'registration', 'A number could not be bought.', 'number-order:' || $2, now(), now())`,
    [clinic.id, newId()],
  );
  expect((await run(['effects', 'check'], env)).code).toBe(0);
});

it('effects check ends with 1 and names what is wrong, with its id, its clinic and since when', async () => {
  const id = newId();
  await database.owner.query(
    `insert into calls (org_id, id, provider, session_id, to_number, ended_at, outcome, created_at)
     values ($1, $2, 'telnyx', 's', '+1', now(), 'missed', '2026-01-02T03:04:05Z')`,
    [clinic.id, id],
  );
  const { code, stdout } = await run(['effects', 'check'], env);
  expect(code).toBe(1);
  expect(stdout).toContain('a missed call without a text (1)');
  expect(stdout).toContain(`${id}  clinic ${clinic.id}  since 2026-01-02T03:04:05.000Z`);
  expect((await run(['effects', 'check', '--clinic', newId()], env)).code).toBe(0);
  expect((await run(['effects', 'check', '--last', '1h', '--json'], env)).code).toBe(0);
});
