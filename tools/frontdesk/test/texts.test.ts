import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import { frontdesk } from './run-frontdesk.ts';

let database: TestDatabase;
let clinics: ClinicDefinition[];
let env: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinics = [await createTestClinic(database.owner), await createTestClinic(database.owner)];
  env = {
    FRONTDESK_ENV: 'test',
    DATABASE_ADMIN_URL: database.adminUrl,
    DATABASE_OPERATOR_URL: database.operatorUrl,
  };
  for (const { id, staff, location } of clinics) {
    for (const [state, at] of [
      ['queued', '2026-11-20T08:00:00Z'],
      ['sending', '2026-11-20T08:00:00Z'],
      ['queued', '2026-11-20T12:00:00Z'],
    ]) {
      await database.owner.query(
        `insert into outbound_messages (org_id, id, staff_member_id, from_number, to_number, class, kind, body, cause_key,
           state, created_at)
         values ($1, $2, $3, $4, $5, 'staff-notice', 'test', 'hello', $6, $7, $8)`,
        [id, newId(), staff[0]?.id, location.number, staff[0]?.phone, newId(), state, at],
      );
    }
  }
});
afterAll(() => database.close());

const states = async ({ id }: ClinicDefinition) => {
  const { rows } = await database.owner.query<{ state: string }>(
    'select state from outbound_messages where org_id = $1 order by created_at, state',
    [id],
  );
  return rows.map(({ state }) => state);
};
const before = ['--before', '2026-11-20T10:00:00Z'];

describe('texts list', () => {
  it('tells where texts stand, of one clinic and state, without their words and numbers', async () => {
    const [first] = clinics as [ClinicDefinition]; // made before
    const words = ['texts', 'list', '--clinic', first.id, '--state', 'queued', '--since', '2026-11-20T00:00:00Z'];
    const { code, stdout } = await frontdesk([...words, '--json'], env);
    const texts = JSON.parse(stdout) as { state: string; orgId: string; askedAt: string }[];
    expect([code, texts.map(({ askedAt }) => askedAt)]).toEqual([
      0,
      ['2026-11-20T12:00:00.000Z', '2026-11-20T08:00:00.000Z'],
    ]);
    expect(new Set(texts.map(({ orgId, state }) => `${orgId} ${state}`))).toEqual(new Set([`${first.id} queued`]));
    const shown = await frontdesk(words, env);
    expect(shown.stdout).toMatch(/2 listed\.$/m);
    expect(stdout + shown.stdout).not.toMatch(/hello|\+1\d{10}/);
    expect((await frontdesk([...words, '--until', '2026-11-20T10:00:00Z'], env)).stdout).toMatch(/1 listed/);
  });

  it('takes no state that is none', async () => {
    expect((await frontdesk(['texts', 'list', '--state', 'lost'], env)).code).toBe(2);
  });
});

describe('texts show', () => {
  it('tells every try of a text, what the carrier made of it, and what staff have to do', async () => {
    const [first] = clinics as [ClinicDefinition]; // made before
    const { rows } = await database.owner.query<{ id: string }>(
      "select id from outbound_messages where org_id = $1 and state = 'sending'",
      [first.id],
    );
    const id = String(rows[0]?.id);
    await database.owner.query(
      `with seen as (select set_config('app.org_ids', $1, false))
       insert into send_attempts (org_id, id, message_id, number, channel, provider, started_at, outcome, error_code)
       select $1::uuid, try.* from seen, (values ($2::uuid, $4::uuid, 1, 'whatsapp', 'meta', '2026-11-20T08:00:00Z'::timestamptz, 'refused', '131026'),
         ($3, $4, 2, null, 'telnyx', '2026-11-20T08:00:01Z', 'unknown', 'ETIMEDOUT')) as try`,
      [first.id, newId(), newId(), id],
    );
    await database.owner.query(
      `with seen as (select set_config('app.org_ids', $1, false))
       insert into staff_tasks (org_id, id, kind, reason, message_id, cause_key, due_at)
       select $1::uuid, $2, 'text-outcome-unknown', 'hello', $3, $4, now() from seen`,
      [first.id, newId(), id, newId()],
    );
    const { code, stdout } = await frontdesk(['texts', 'show', id], env);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/whatsapp by meta: refused.*sms by telnyx: unknown \(ETIMEDOUT\).*text-outcome-unknown/s),
    ]);
    expect(stdout).not.toMatch(/hello|\+1\d{10}/);
    const { stdout: json } = await frontdesk(['texts', 'show', id, '--json'], env);
    expect(JSON.parse(json)).toMatchObject({
      id,
      tries: [{ channel: 'whatsapp' }, { number: 2, channel: 'sms', carrier: 'telnyx' }],
      carrier: 'telnyx',
    });
  });

  it('says when there is none', async () => {
    const { code, stderr } = await frontdesk(['texts', 'show', newId()], env);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is known')]);
  });
});

describe('scheduled list', () => {
  it('tells what is due when, and of the others why not', async () => {
    const [first] = clinics as [ClinicDefinition]; // made before
    const person = await createTestPerson(database.owner, first);
    for (const [state, reason, due] of [
      ['scheduled', null, '2026-11-21T08:00:00Z'],
      ['dropped', 'the visit was cancelled', '2026-11-20T08:00:00Z'],
    ]) {
      await database.owner.query(
        `with seen as (select set_config('app.org_ids', $1, false))
         insert into scheduled_texts (org_id, id, kind, contact_id, conversation_id, offered_at, due_at, expires_at, state, reason,
           cause_key, created_at, state_at)
         select $1::uuid, $2, 'offer-follow-up', $3, $4, now(), $5, '2026-11-22T08:00:00Z', $6, $7, $8, now(), now() from seen`,
        [first.id, newId(), person.contactId, person.conversationId, due, state, reason, newId()],
      );
    }
    const list = (...options: string[]) => frontdesk(['scheduled', 'list', '--clinic', first.id, ...options], env);
    expect(JSON.parse((await list('--json')).stdout)).toMatchObject([{ state: 'scheduled', kind: 'offer-follow-up' }]);
    expect((await list('--state', 'dropped')).stdout).toMatch(/the visit was cancelled/);
    expect((await list('--until', '2026-11-21T00:00:00Z')).stdout).toMatch(/There are none/);
  });
});

describe('texts suppress', () => {
  it('counts what waits, and touches nothing until it is told to', async () => {
    const { code, stdout } = await frontdesk(['texts', 'suppress', ...before], env);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/2 texts would be stopped/)]);
    expect(await Promise.all(clinics.map(states))).toEqual(clinics.map(() => ['queued', 'sending', 'queued']));
  });

  it('stops the older ones that no carrier was asked to take, of one clinic or of all, once', async () => {
    const [first, second] = clinics as [ClinicDefinition, ClinicDefinition]; // made before
    const one = await frontdesk(['texts', 'suppress', ...before, '--clinic', first.id, '--yes', '--json'], env);
    expect(JSON.parse(one.stdout)).toEqual({ stopped: true, clinics: [{ clinic: first.id, texts: 1 }] });
    const all = await frontdesk(['texts', 'suppress', ...before, '--yes', '--json'], env);
    expect(JSON.parse(all.stdout)).toEqual({ stopped: true, clinics: [{ clinic: second.id, texts: 1 }] });
    expect(await Promise.all(clinics.map(states))).toEqual(clinics.map(() => ['sending', 'suppressed', 'queued']));
  });

  it('is refused in production without --i-mean-it, and needs a moment', async () => {
    expect(
      (await frontdesk(['texts', 'suppress', ...before, '--yes'], { ...env, FRONTDESK_ENV: 'production' })).code,
    ).toBe(3);
    expect((await frontdesk(['texts', 'suppress', '--yes'], env)).code).toBe(2);
  });
});
