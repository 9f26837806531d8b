import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import { frontdesk } from './run-frontdesk.ts';

let database: TestDatabase;
let clinic: ClinicDefinition;
let env: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  env = { FRONTDESK_ENV: 'test', FRONTDESK_OPERATOR: 'kim', DATABASE_OPERATOR_URL: database.operatorUrl };
});
afterAll(() => database.close());

const purge = (phone: string, ...options: string[]) =>
  frontdesk(['people', 'purge', phone, '--clinic', clinic.id, ...options], env);
const people = async (phone: string) =>
  (await database.owner.query('select from contacts where phone = $1', [phone])).rowCount;

let visits = 0;
/** Somebody with a visit ahead. */
async function expectedPerson(): Promise<string> {
  const { contactId, conversationId, phone } = await createTestPerson(database.owner, clinic);
  await database.owner.query(
    `with seen as (select set_config('app.org_ids', $1, false))
     insert into appointments (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id, starts_at, ends_at,
       state, cause_key)
     select $1::uuid, $2, $3, $4, $5, $6, $7, now() + $9 * interval '1 hour', now() + ($9 + 1) * interval '1 hour', 'confirmed', $8 from seen`,
    [
      clinic.id,
      newId(),
      clinic.location.id,
      clinic.practitioners[0]?.id,
      clinic.services[0]?.id,
      contactId,
      conversationId,
      newId(),
      24 + ++visits,
    ],
  );
  return phone;
}

describe('people purge', () => {
  it('counts what it would delete, and deletes nothing until it is told to', async () => {
    const { phone } = await createTestPerson(database.owner, clinic);
    for (const options of [[], ['--dry-run'], ['--dry-run', '--yes']]) {
      const { code, stdout } = await purge(phone, ...options);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/contacts +1 +0\n.*Nothing was done/s)]);
    }
    expect(await people(phone)).toBe(1);
  });

  it('deletes the person, writes down who asked, and finds nothing the second time', async () => {
    const { phone, contactId } = await createTestPerson(database.owner, clinic);
    const first = await purge(phone, '--yes', '--json');
    expect([first.code, JSON.parse(first.stdout)]).toEqual([
      0,
      { erased: true, kind: 'erased', deleted: { contacts: 1, conversations: 1 }, anonymised: {} },
    ]);
    expect(await people(phone)).toBe(0);
    const { rows } = await database.owner.query('select actor from audit_log where subject_id = $1', [contactId]);
    expect(rows).toEqual([{ actor: 'operator:kim' }]);
    const second = await purge(phone, '--yes');
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('nothing of this number')]);
  });

  it('never repeats the number', async () => {
    const { phone } = await createTestPerson(database.owner, clinic);
    const ended = await Promise.all([purge(phone), purge(phone, '--json'), purge(await expectedPerson(), '--yes')]);
    for (const { stdout, stderr } of ended) expect(stdout + stderr).not.toMatch(/\d{10}/);
  });

  it('is refused while the clinic expects the person, unless one insists', async () => {
    const phone = await expectedPerson();
    const refused = await purge(phone, '--yes');
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('visits ahead: 1')]);
    expect(await people(phone)).toBe(1);
    expect((await purge(phone, '--yes', '--even-if-expected')).code).toBe(0);
    expect(await people(phone)).toBe(0);
  });

  it('is refused in production without --i-mean-it', async () => {
    const { phone } = await createTestPerson(database.owner, clinic);
    const production = { ...env, FRONTDESK_ENV: 'production' };
    const words = ['people', 'purge', phone, '--clinic', clinic.id, '--yes'];
    expect((await frontdesk(words, production)).code).toBe(3);
    expect(await people(phone)).toBe(1);
    expect((await frontdesk([...words, '--i-mean-it'], production)).code).toBe(0);
  });

  it.each([
    ['no number', ['people', 'purge', 'Anastasia', '--clinic', newId()], 2],
    ['no clinic', ['people', 'purge', '+16025550142'], 2],
    ['a clinic that is not here', ['people', 'purge', '+16025550142', '--clinic', newId()], 1],
  ])('says what is wrong: %s', async (_, words, code) => {
    expect((await frontdesk(words, env)).code).toBe(code);
  });
});
