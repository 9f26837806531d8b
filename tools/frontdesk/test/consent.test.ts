import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { frontdesk } from './run-frontdesk.ts';

const ana = '+16025550142';
const ben = '+16025550143';
let database: TestDatabase;
let clinic: ClinicDefinition;
let env: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  env = { FRONTDESK_ENV: 'test', FRONTDESK_OPERATOR: 'kim', DATABASE_ADMIN_URL: database.adminUrl };
  await says(ana, 'opt-out', '=HYPERLINK("http://x"), "stop"\nplease', '2026-11-20T08:00:00Z');
  await says(ana, 'opt-in', 'START', '2026-11-20T10:00:00Z');
  await says(ben, 'opt-out', 'STOP', '2026-11-20T12:00:00Z');
});
afterAll(() => database.close());

const says = (phone: string, kind: string, wording: string, at: string) =>
  inTenants(database.owner, [clinic.id], async (client) => {
    await client.query(
      `insert into consent_events (org_id, id, phone, kind, source, wording, occurred_at, clinic_number, recorded_by)
       values ($1, $2, $3, $4, 'keyword', $5, $6, $7, 'webhook-ingress')`,
      [clinic.id, newId(), phone, kind, wording, at, clinic.location.number],
    );
    if (kind === 'opt-out' && phone === ben) {
      await client.query('insert into opt_outs values ($1, $2, $3)', [clinic.id, phone, at]);
    }
  });

const exported = (...words: string[]) => frontdesk(['consent', 'export', '--clinic', clinic.id, ...words], env);

describe('consent export', () => {
  it('writes every change with its evidence and what was sent after it, as a table that lawyers can open', async () => {
    const { code, stdout, stderr } = await exported();
    expect([code, stderr]).toEqual([0, '3 changes of consent.\n']);
    expect(stdout.split('\n')[0]).toMatch(/^clinic,phone,at,kind,source,.*,wording,.*texts_sent_until_next_change/);
    expect(stdout).toContain(`${clinic.id},${ana},2026-11-20T08:00:00Z,opt-out,keyword,sms,${clinic.location.number},`);
    expect(stdout).toContain('"\'=HYPERLINK(""http://x""), ""stop""\nplease",,webhook-ingress,0,0,');
    expect(stdout.indexOf('START')).toBeGreaterThan(stdout.indexOf('HYPERLINK'));
  });

  it('writes of one person, of one time, and as JSON a line for each', async () => {
    const { stdout } = await exported(
      '--phone',
      '(602) 555-0142',
      '--since',
      '2026-11-20T09:00:00Z',
      '--format',
      'json',
    );
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ phone: ana, kind: 'opt-in', wording: 'START', texts_sent_until_next_change: 0 }]);
    expect((await exported('--until', '2026-11-20T08:00:00Z')).stderr).toBe('0 changes of consent.\n');
  });

  it('refuses the login of operators, who may not read what people wrote, and says what is needed', async () => {
    const words = ['consent', 'export', '--clinic', clinic.id];
    const { code, stdout, stderr } = await frontdesk(words, {
      FRONTDESK_ENV: 'test',
      DATABASE_OPERATOR_URL: database.operatorUrl,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/operators may not read.*DATABASE_ADMIN_URL/);
  });

  it('leaves in the audit who took it, and fails for a clinic that is none', async () => {
    const { rows } = await database.owner.query("select actor from audit_log where action = 'consent.exported'");
    expect(rows).toContainEqual({ actor: 'kim' });
    expect((await frontdesk(['consent', 'export', '--clinic', newId()], env)).code).toBe(1);
  });
});

describe('consent show', () => {
  it('tells what holds for a person and how it came to that', async () => {
    const { code, stdout } = await frontdesk(['consent', 'show', ben, '--clinic', clinic.id], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/opt-out +keyword +STOP +0/);
    expect(stdout).toMatch(/No text leaves since 2026-11-20T12:00:00Z\.\nNo consent to marketing\./);
    const { stdout: json } = await frontdesk(['consent', 'show', ana, '--clinic', clinic.id, '--json'], env);
    expect(JSON.parse(json)).toMatchObject({ stopped_at: null, changes: [{ kind: 'opt-out' }, { kind: 'opt-in' }] });
  });
});
