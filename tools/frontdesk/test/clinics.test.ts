import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import { demoClinic } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, createTestPerson, until, type TestDatabase } from '@frontdesk/testkit';
import { frontdesk as run } from './run-frontdesk.ts';

let database: TestDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-clinics-'));
  env = {
    FRONTDESK_ENV: 'test',
    DATABASE_ADMIN_URL: database.adminUrl,
    TOKEN_KEYS: `k1:${Buffer.alloc(32, 9).toString('base64')}`,
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});

const write = async (clinic: unknown) => {
  const file = join(folder, `${newId()}.json`);
  await writeFile(file, JSON.stringify(clinic));
  return file;
};
const rows = async (sql: string, ...values: unknown[]) => (await database.owner.query(sql, values)).rows as unknown[];

type Clinic = Awaited<ReturnType<typeof createTestClinic>>;
let bought = 0;
async function boughtNumber({ id, location }: Clinic): Promise<string> {
  const number = `+1928555${String(2_000 + ++bought)}`;
  await inTenants(database.owner, [id], (client) =>
    client.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, origin, carrier_number_id)
       values ($1, $2, $3, 'profile', 'bought', 'number-1')`,
      [number, id, location.id],
    ),
  );
  return number;
}

/** A time whose link at Square somebody may still pay. */
async function unsettledHold(clinic: Clinic, state: string): Promise<void> {
  const { contactId, conversationId } = await createTestPerson(database.owner, clinic);
  const [practitioner, service] = [clinic.practitioners[0]?.id, clinic.services[0]?.id];
  await inTenants(database.owner, [clinic.id], (client) =>
    client.query(
      `insert into appointments (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id, starts_at,
         ends_at, state, hold_expires_at, cause_key)
       values ($1, $2::uuid, $3, $4, $5, $6, $7, now() + interval '1 day', now() + interval '25 hours', $8, now(), $2::text)`,
      [clinic.id, newId(), clinic.location.id, practitioner, service, contactId, conversationId, state],
    ),
  );
}

describe('clinics apply', () => {
  const clinic = {
    ...demoClinic,
    id: newId(),
    location: { ...demoClinic.location, id: newId(), number: '+14805550111' },
  };

  it('only checks the file until it is told to write', async () => {
    const { code, stdout } = await run(['clinics', 'apply', await write(clinic)], env);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/Nothing was written; add --yes/)]);
    expect(await rows('select from organizations where id = $1', clinic.id)).toEqual([]);
  });

  it('writes a clinic, and later what has changed of it, without touching the rest', async () => {
    expect((await run(['clinics', 'apply', await write(clinic), '--yes'], env)).code).toBe(0);
    const before = 'update organizations set missed_call_text = false, left_at = now() where id = $1';
    await database.owner.query(before, [clinic.id]);
    const [first] = clinic.services;
    const changed = {
      ...clinic,
      name: 'Radiance',
      services: [{ ...first, priceCents: 1300 }],
      facts: [],
      practitioners: [{ ...demoClinic.practitioners[0], serviceIds: [first?.id] }],
    };
    const { code, stdout } = await run(['clinics', 'apply', await write(changed), '--yes', '--json'], env);
    expect([code, JSON.parse(stdout)]).toEqual([0, { clinic: clinic.id, number: '+14805550111', written: true }]);
    expect(await rows('select name, missed_call_text, left_at from organizations where id = $1', clinic.id)).toEqual([
      { name: 'Radiance', missed_call_text: false, left_at: null }, // it is back
    ]);
    expect(await rows('select price_cents from services where org_id = $1 and id = $2', clinic.id, first?.id)).toEqual([
      { price_cents: 1300 },
    ]);
    expect(await rows('select from services where org_id = $1', clinic.id)).toHaveLength(demoClinic.services.length);
    expect(await rows('select from clinic_facts where org_id = $1', clinic.id)).toHaveLength(demoClinic.facts.length);
    expect(await rows("select from audit_log where org_id = $1 and action = 'clinic.applied'", clinic.id)).toHaveLength(
      2,
    );
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a number without its country',
      { ...clinic, location: { ...clinic.location, number: '480-555-0111' } },
      /location\.number: write it as/,
    ],
    ['a zone that is none', { ...clinic, timeZone: 'Arizona' }, /timeZone: it must be a time zone/],
    ['hours that end before they begin', { ...clinic, hours: { 1: ['18:00', '09:00'] } }, /hours\.1: the first time/],
    [
      'a service that nobody knows',
      { ...clinic, practitioners: [{ ...demoClinic.practitioners[0], serviceIds: [newId()] }] },
      /practitioners\.0\.serviceIds: no service/,
    ],
    ['a field with a wrong name', { ...clinic, phone: '+14805550111' }, /phone/],
    ['no JSON object', [], /the file: /],
  ])('refuses %s and says where', async (_, wrong, words) => {
    const { code, stderr } = await run(['clinics', 'apply', await write(wrong), '--yes'], env);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  it('refuses a file that is missing or no JSON', async () => {
    const { code, stderr } = await run(['clinics', 'apply', join(folder, 'nowhere.json')], env);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be read/)]);
  });

  it('takes its own sample', async () => {
    const { stdout } = await run(['clinics', 'sample'], env);
    const { code } = await run(['clinics', 'apply', await write(JSON.parse(stdout))], env);
    expect(code).toBe(0);
  });
});

describe('clinics export', () => {
  it("writes every row of the clinic, no other's and no token, for its owner alone", async () => {
    const [own, other] = [await createTestClinic(database.owner), await createTestClinic(database.owner)];
    const file = join(folder, 'own.jsonl');
    expect((await run(['clinics', 'export', own.id, file], env)).code).toBe(0);
    const text = await readFile(file, 'utf8');
    const exported = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
    const count = (table: string) => exported.filter((each) => each.table === table).length;
    expect([count('organizations'), count('services'), count('staff_members')]).toEqual([
      1,
      own.services.length,
      own.staff.length,
    ]);
    expect(new Set(exported.map(({ row, table }) => row[table === 'organizations' ? 'id' : 'org_id']))).toEqual(
      new Set([own.id]),
    );
    expect(text).not.toContain(other.id);
    expect(exported.find(({ table }) => table === 'deposit_accounts')?.row).not.toHaveProperty('access_token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run(['clinics', 'export', own.id, file], env)).code).toBe(1);
  });

  it('says when there is no such clinic', async () => {
    const { code, stderr } = await run(['clinics', 'export', newId(), join(folder, 'nobody.jsonl')], env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/No clinic has the id/)]);
  });
});

describe('clinics offboard', () => {
  it('gives back what was bought, removes the token, stops notices, and tells what is left, once and again', async () => {
    const clinic = await createTestClinic(database.owner);
    const bought = await boughtNumber(clinic);
    const { code, stdout } = await run(['clinics', 'offboard', clinic.id, '--yes', '--json'], env);
    const own = clinic.location.number;
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { numbersReleased: [bought], numbersKept: [own], depositAccountsRemoved: 1 },
    ]);
    const due = await rows("select from registrations where org_id = $1 and subject = 'number-release'", clinic.id);
    expect(due).toHaveLength(2);
    expect(await rows('select from phone_numbers where org_id = $1', clinic.id)).toEqual([]);
    expect(await rows('select from staff_members where org_id = $1 and receives_notices', clinic.id)).toEqual([]);
    const again = await run(['clinics', 'offboard', clinic.id, '--yes'], env);
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/What providers still have of it/)]);
    expect(again.stdout).toContain(bought);
    expect(await rows("select from registrations where org_id = $1 and subject = 'number-release'", clinic.id)).toEqual(
      due,
    );
  });

  it('keeps a number that goes to another carrier, and does nothing when it is not the clinic’s', async () => {
    const clinic = await createTestClinic(database.owner);
    const bought = await boughtNumber(clinic);
    const offboard = (keep: string) => run(['clinics', 'offboard', clinic.id, '--keep', keep, '--yes', '--json'], env);
    const wrong = await offboard('+14805550199');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/no number \+14805550199 to keep/)]);
    expect(await rows('select from phone_numbers where org_id = $1', clinic.id)).toHaveLength(2);
    const { stdout } = await offboard(bought);
    expect(JSON.parse(stdout)).toMatchObject({
      numbersReleased: [],
      left: [{ state: 'leaving' }, { state: 'leaving' }],
    });
  });

  it.each(['held', 'expired'])(
    'is refused while a deposit may still be paid (%s), and nothing has changed then',
    async (state) => {
      const clinic = await createTestClinic(database.owner);
      await unsettledHold(clinic, state);
      const { code, stderr } = await run(['clinics', 'offboard', clinic.id, '--yes'], env);
      expect([code, stderr]).toEqual([3, expect.stringMatching(/1 time is held for a deposit/)]);
      expect(await rows('select from organizations where id = $1 and left_at is null', clinic.id)).toHaveLength(1);
      expect(await rows('select from phone_numbers where org_id = $1', clinic.id)).toHaveLength(1);
    },
  );

  it('waits for a turn that is just writing, and lets it write nothing more', async () => {
    const clinic = await createTestClinic(database.owner);
    const { conversationId } = await createTestPerson(database.owner, clinic);
    const fence = async () =>
      (await database.owner.query<{ fence: string }>('select fence from conversations where id = $1', [conversationId]))
        .rows[0]?.fence;
    const before = await fence();
    const turn = await database.poolAs('frontdesk_conversation_worker').connect();
    await turn.query(`begin; select set_config('app.org_ids', '${clinic.id}', true)`);
    await turn.query('select from conversations where id = $1 for no key update', [conversationId]);
    const offboarding = run(['clinics', 'offboard', clinic.id, '--yes'], env);
    await until('the offboarding waits', async () => {
      const { rowCount } = await database.owner.query(
        "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      return (rowCount ?? 0) > 0;
    });
    await turn.query('commit');
    turn.release();
    expect((await offboarding).code).toBe(0);
    expect(await fence()).not.toBe(before);
  });

  it('is refused without --yes, and in production without --i-mean-it', async () => {
    const clinic = await createTestClinic(database.owner);
    expect((await run(['clinics', 'offboard', clinic.id], env)).code).toBe(3);
    const production = { ...env, FRONTDESK_ENV: 'production' };
    expect((await run(['clinics', 'offboard', clinic.id, '--yes'], production)).code).toBe(3);
    expect(await rows('select from phone_numbers where org_id = $1', clinic.id)).toHaveLength(1);
  });

  it('needs the login of the owner, and says so', async () => {
    const { code, stderr } = await run(['clinics', 'offboard', newId(), '--yes'], { FRONTDESK_ENV: 'test' });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/DATABASE_ADMIN_URL/)]);
  });
});
