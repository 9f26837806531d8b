import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { frontdesk } from './run-frontdesk.ts';

let database: TestDatabase;
let clinics: ClinicDefinition[];
let env: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinics = [await createTestClinic(database.owner), await createTestClinic(database.owner)];
  env = { FRONTDESK_ENV: 'test', DATABASE_ADMIN_URL: database.adminUrl };
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
