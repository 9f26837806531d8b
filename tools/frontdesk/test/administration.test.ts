import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { composeWork } from '@frontdesk/api/compose';
import { configSchema } from '@frontdesk/api/config';
import { inTenants } from '@frontdesk/db';
import { newId, nullLogger, present } from '@frontdesk/kernel';
import { startLocalIssuer } from '@frontdesk/local-issuer';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { listen } from '@frontdesk/runtime';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';
import {
  createTestClinic,
  createTestDatabase,
  createTestPerson,
  soleProprietorBrand,
  type TestDatabase,
} from '@frontdesk/testkit';
import { operations } from '../src/admin/operations.ts';
import { frontdesk } from './run-frontdesk.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-administration-'));
/** What the registry takes no null for. */
const absent = { ein: undefined, stockSymbol: undefined, stockExchange: undefined };
const ownFile = fileURLToPath(import.meta.url);
const forSale = '+15125550200';
let database: TestDatabase;
let telnyx: TelnyxSimulator;
let clinic: ClinicDefinition;
let apiUrl: string;
let env: Record<string, string>;
let viewer: string;
let person: string;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const issuer = await startLocalIssuer();
  database = await createTestDatabase();
  telnyx = await startTelnyxSimulator({ numbers: {} });
  telnyx.fillStock([{ number: forSale, locality: 'AUSTIN', state: 'TX' }]);
  clinic = await createTestClinic(database.owner);
  const config = configSchema.parse({
    FRONTDESK_ENV: 'test',
    DATABASE_URL: database.appUrl,
    ADMIN_ISSUER: issuer.url,
    ADMIN_AUDIENCE: issuer.audience,
    ADMIN_JWKS_URL: issuer.jwksUrl,
    TELNYX_API_KEY: 'KEY-test',
    TELNYX_BASE_URL: telnyx.apiUrl,
  });
  const work = composeWork(config, { transport: { poke: () => {} }, logger: nullLogger });
  await work.start();
  const listener = await listen(present(work.http, 'the administration').handle, 0);
  apiUrl = `http://127.0.0.1:${listener.port}`;
  person = (await createTestPerson(database.owner, clinic)).phone;
  viewer = await issuer.mint({ orgs: { [clinic.id]: 'viewer' } });
  env = {
    FRONTDESK_API_URL: apiUrl,
    FRONTDESK_TOKEN: await issuer.mint({ orgs: { [clinic.id]: 'owner' } }),
    FRONTDESK_CLINIC: clinic.id,
  };
  closers.push(
    () => listener.close(),
    () => work.stop(),
    () => telnyx.stop(),
    () => issuer.stop(),
    () => database.close(),
  );
});
afterAll(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

const tomorrow = Temporal.Now.instant().add({ hours: 24 }).toString();
const run = (words: readonly string[], given: Record<string, string> = {}) => frontdesk(words, { ...env, ...given });
const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('what the command line asks of the administration', () => {
  it('is what its OpenAPI document says', async () => {
    const document = await (await fetch(`${apiUrl}/admin/openapi.json`)).json();
    const { paths } = document as { paths: Record<string, Record<string, { operationId: string }>> }; // OpenAPI
    const known = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, [method, path]] as const),
    );
    expect(Object.fromEntries(known)).toMatchObject(operations);
  });
});

describe('which administration, which clinic, and who asks', () => {
  it.each<[string, Record<string, string>, number, string]>([
    ['no clinic', { FRONTDESK_CLINIC: '' }, 2, '--clinic <id>, or FRONTDESK_CLINIC'],
    ['a clinic that is none', { FRONTDESK_CLINIC: 'radiance' }, 2, '--clinic <id>'],
    ['no address', { FRONTDESK_API_URL: '' }, 2, 'FRONTDESK_API_URL'],
    ['an address that is none', { FRONTDESK_API_URL: 'here' }, 2, 'no address'],
    ['no token', { FRONTDESK_TOKEN: '' }, 2, 'FRONTDESK_TOKEN'],
    ['a token that nobody signed', { FRONTDESK_TOKEN: 'x.y.z' }, 1, 'Get a new token'],
    ['another clinic', { FRONTDESK_CLINIC: newId() }, 1, '--clinic is the clinic that the token is for'],
  ])('%s is told in words', async (_, given, code, advice) => {
    const ended = await run(['numbers', 'list'], given);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(advice) });
  });

  it('a role that is too small is told, with whom to ask', async () => {
    const { code, stderr } = await run(['numbers', 'buy', forSale, '--yes'], { FRONTDESK_TOKEN: viewer });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Ask the owner') });
  });

  it('a change goes once more under the same key when the answer was lost', async () => {
    const keys: unknown[] = [];
    const server = createServer((request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length === 1) request.socket.destroy();
      else if (keys.length === 2) response.writeHead(503, { 'retry-after': '0' }).end('{}');
      else response.end(JSON.stringify({ number: forSale }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // of a TCP server
    const words = ['numbers', 'assign', forSale, '--calls', 'ring', '--url', `http://127.0.0.1:${port}`];
    expect(await run(words)).toMatchObject({ code: 0 });
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toEqual(expect.any(String));
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('numbers', () => {
  it('are found with their place and price', async () => {
    const { code, stdout } = await run(['numbers', 'search', '--area-code', '512']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/\+15125550200 +AUSTIN +TX +texts, pictures, calls +\$1\.00/),
    });
    expect((await run(['numbers', 'search', '--area-code', '907'])).stdout).toContain('Nothing fits');
  });

  it('are not bought without --yes, and waited for no longer than said', async () => {
    const asked = await run(['numbers', 'buy', forSale]);
    expect(asked.stdout).toContain('for sale at $1.00 a month. Nothing was bought');
    expect((await run(['numbers', 'buy', '+15125550213'])).stderr).toContain('not for sale');
    const bought = await run(['numbers', 'buy', forSale, '--yes', '--wait', '1']);
    expect(bought).toMatchObject({ code: 1, stderr: expect.stringContaining('still requested after 1 s. Later:') });
    const { stdout } = await run(['numbers', 'orders', '--json']);
    const [order] = JSON.parse(stdout) as { id: string }[]; // what the verb prints
    expect((await run(['numbers', 'show', present(order, 'the order').id])).stdout).toContain(`${forSale}: requested`);
    expect((await run(['numbers', 'buy', forSale, '--yes'])).stderr).toContain('on its way');
  });

  it('are not given up without --yes, and the last one not at all', async () => {
    const own = clinic.location.number;
    expect((await run(['numbers', 'release', own])).stdout).toContain('It is the clinic’s last one');
    expect(await run(['numbers', 'release', own, '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('last number'),
    });
    expect((await run(['numbers', 'release', forSale])).code).toBe(1);
  });

  it('are changed as far as something is named', async () => {
    const own = clinic.location.number;
    expect((await run(['numbers', 'assign', own])).code).toBe(2);
    expect((await run(['numbers', 'assign', own, '--hand-calls-to', '+16025550199'])).code).toBe(0);
    expect((await run(['numbers', 'list'])).stdout).toMatch(/\+16025550199/);
    expect((await run(['numbers', 'assign', own, '--hand-calls-to-nobody'])).code).toBe(0);
    expect((await run(['numbers', 'list'])).stdout).not.toContain('+16025550199');
  });
});

describe('hosted lines', () => {
  it('are checked, and 1 says that one cannot be hosted', async () => {
    telnyx.setEligibility('+16025550188', 'NUMBER_CAN_NOT_BE_WIRELESS');
    expect((await run(['numbers', 'host', 'check', '+16025550177'])).stdout).toContain('+16025550177: yes');
    const both = await run(['numbers', 'host', 'check', '+16025550177', '+16025550188']);
    expect(both).toMatchObject({ code: 1, stdout: expect.stringContaining('+16025550188: no') });
  });

  it('want a whole PDF, and say of which file', async () => {
    const ordered = await run(['numbers', 'host', 'order', '+16025550177', '--yes', '--json']);
    const { id } = JSON.parse(ordered.stdout) as { id: string }; // what the verb prints
    const papers = (loa: string) =>
      run(['numbers', 'host', 'documents', id, '--loa', loa, '--bill', file('bill.pdf', '%PDF-1.7\nbill\n%%EOF\n')]);
    expect(await papers(file('letter.txt', 'Dear Telnyx'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('loa: '),
    });
    expect((await papers(join(folder, 'none.pdf'))).stderr).toContain('cannot be read');
    expect((await run(['numbers', 'host', 'list'])).stdout).toContain(id);
    expect((await run(['numbers', 'host', 'cancel', id])).stdout).toContain('Nothing was cancelled');
  });
});

describe('registration', () => {
  it('starts from samples against which nothing is known', async () => {
    const brand = file('brand.json', (await run(['tendlc', 'sample', 'brand'])).stdout);
    expect(await run(['tendlc', 'check', 'brand', brand])).toMatchObject({ code: 0 });
    const drafted = await run(['tendlc', 'brand', brand, '--json']);
    const { id } = JSON.parse(drafted.stdout) as { id: string }; // what the verb prints
    const campaign = file('campaign.json', (await run(['tendlc', 'sample', 'campaign'])).stdout);
    const checked = await run(['tendlc', 'check', 'campaign', campaign]);
    expect({ code: checked.code, stdout: checked.stdout }).toEqual({
      code: 0,
      stdout: expect.not.stringContaining('rejected'),
    });
    expect((await run(['tendlc', 'show', 'brand', id])).stdout).toContain(`draft, ${id}`);
    expect((await run(['tendlc', 'list', 'brands'])).stdout).toContain(id);
    expect((await run(['tendlc', 'brand', '--id', id, '--yes', '--wait', '1'])).stderr).toContain('Later: frontdesk');
    const { stdout } = await run(['tendlc', 'show', 'brand', id]);
    expect(stdout).toMatch(/on its way to the registry\.\nNothing to do/);
  });

  it('has the code of a sole proprietor sent, takes it, and says once more that it is right', async () => {
    const brand = file('sole.json', soleProprietorBrand);
    const { id } = JSON.parse((await run(['tendlc', 'brand', brand, '--json'])).stdout) as { id: string }; // as above
    expect((await run(['tendlc', 'code', id])).stderr).toContain('submit it');
    const headers = { authorization: 'Bearer KEY-test', 'content-type': 'application/json' };
    const body = JSON.stringify({ ...soleProprietorBrand, country: 'US', ...absent });
    await fetch(`${telnyx.apiUrl}/10dlc/brand`, { method: 'POST', headers, body });
    const registered = present(telnyx.brands().at(-1), 'the brand at the registry').id;
    telnyx.approveBrand(registered);
    await inTenants(database.owner, [clinic.id], (client) =>
      client.query(
        `update tendlc_brands set state = 'code-wanted', external_id = $2, submitted_revision = revision where id = $1`,
        [id, registered],
      ),
    );
    const sent = await run(['tendlc', 'code', id]);
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringMatching(/4 more can be sent today.*within 24 hours/) });
    expect((await run(['tendlc', 'show', 'brand', id])).stdout).toMatch(
      /code-wanted.*\n.*\n.*Enter the code .* by \d{4}-/,
    );
    const pin = present(telnyx.ownerCode(registered), 'the code').pin;
    expect((await run(['tendlc', 'code', id, '000000'])).stderr).toContain('4 tries are left');
    for (let n = 0; n < 2; n++) {
      expect(await run(['tendlc', 'code', id, pin])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('knows'),
      });
    }
  });

  it('says what would be rejected, field by field, with its mend', async () => {
    const { stdout } = await run(['tendlc', 'sample', 'brand']);
    const wrong = { ...(JSON.parse(stdout) as object), ein: '12' }; // what the verb prints
    const checked = await run(['tendlc', 'check', 'brand', file('wrong.json', wrong)]);
    expect(checked).toMatchObject({ code: 1, stdout: expect.stringMatching(/would be rejected +ein: .+\./) });
  });

  it.each([
    ['a file that is not there', ['tendlc', 'brand', '/nowhere/brand.json'], 'cannot be read'],
    ['a file that is not JSON', ['tendlc', 'brand', ownFile], 'not JSON'],
    ['neither file nor id', ['tendlc', 'brand'], '--id'],
  ])('refuses %s', async (_, words, advice) => {
    expect(await run(words)).toMatchObject({ code: 2, stderr: expect.stringContaining(advice) });
  });

  it('asks whose a campaign is where the clinic has several brands', async () => {
    const campaign = file('campaign.json', (await run(['tendlc', 'sample', 'campaign'])).stdout);
    const brand = file('brand.json', (await run(['tendlc', 'sample', 'brand'])).stdout);
    await run(['tendlc', 'brand', brand]);
    await run(['tendlc', 'brand', brand]);
    for (const words of [
      ['campaign', campaign],
      ['check', 'campaign', campaign],
    ]) {
      expect(await run(['tendlc', ...words])).toMatchObject({ code: 2, stderr: expect.stringContaining('--brand') });
    }
  });

  it('says what works meanwhile', async () => {
    const { code, stdout } = await run(['tendlc', 'status']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(clinic.location.number) });
    expect(stdout).toMatch(/works now: .+/);
  });
});

describe('send', () => {
  it('sends a reminder, and tells when it leaves', async () => {
    const { code, stdout } = await run(['send', person, 'Please bring your card.', '--purpose', 'reminder']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Text [0-9a-f-]{36}/) });
  });

  it('tells why a text does not leave, and ends with 1', async () => {
    const { code, stdout } = await run(['send', person, 'Two for one this week.', '--purpose', 'marketing']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('does not leave: ') });
  });

  it('goes by the channel that is named, which a clinic without WhatsApp has not', async () => {
    const { code, stdout, stderr } = await run(['send', person, 'See you at 3 PM.', '--channel', 'whatsapp']);
    expect({ code, said: stdout + stderr }).toEqual({ code: 1, said: expect.stringMatching(/whatsapp/i) });
    const toNobody = await run(['send', 'wa:nobody', 'Hi', '--channel', 'whatsapp']);
    expect(toNobody).toMatchObject({ code: 2, stderr: expect.stringContaining('wa:<id at WhatsApp>') });
  });

  it('says what the person reads on WhatsApp, where no parts are counted', async () => {
    const { id, location } = clinic;
    const owner = await database.owner.connect();
    await owner.query("select set_config('app.org_ids', $1, false)", [id]);
    await owner.query(
      `insert into whatsapp_senders (org_id, id, location_id, provider, e164, phone_number_id, waba_id, state, created_at, state_at)
       values ($1, $2, $3, 'meta', $4, '106000', 'waba', 'online', now(), now())`,
      [id, newId(), location.id, location.number],
    );
    await owner.query(
      `insert into message_templates (org_id, id, provider, account, name, language, category, kinds, body, value_names, examples,
         external_id, state, created_at, state_at)
       values ($1, $2, 'meta', 'waba', 'by_hand', 'en_US', 'utility', '{by-hand}', 'A message: {{1}} Please reply.', '{text}',
         '{a}', '1', 'approved', now(), now())`,
      [id, newId()],
    );
    owner.release();
    const words = ['send', person, 'See you at 3 PM.', '--purpose', 'reminder', '--channel', 'whatsapp'];
    const { code, stdout } = await run(words);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/ on WhatsApp\.\n.*A message: See you at 3 PM/),
    });
  });

  it.each([
    ['until it was read', null, { code: 0, stdout: expect.stringContaining(': read.') }, ['POST', 'GET']],
    [
      'not for one that leaves tomorrow',
      tomorrow,
      { code: 1, stderr: expect.stringContaining('texts show') },
      ['POST'],
    ],
  ])('waits %s', async (_, willLeaveAt, ended, asked) => {
    const methods: unknown[] = [];
    const answer = { id: newId(), channel: 'whatsapp', segments: null, template: null, suppressed: null, warnings: [] };
    const server = createServer(({ method }, response) => {
      methods.push(method);
      const state = method === 'GET' ? 'read' : 'queued';
      response.end(JSON.stringify({ ...answer, state, willLeaveAt, reason: null }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // of a TCP server
    expect(await run(['send', person, 'Hi', '--wait', '--url', `http://127.0.0.1:${port}`])).toMatchObject(ended);
    expect(methods).toEqual(asked);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is used wrongly without words, and with a purpose that is none', async () => {
    expect((await run(['send', person])).code).toBe(2);
    expect((await run(['send', person, 'Hi', '--purpose', 'gossip'])).code).toBe(2);
    expect((await run(['send', person, ''])).code).toBe(2);
  });
});
