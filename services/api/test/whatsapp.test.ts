import { afterAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { startMetaSimulator } from '@frontdesk/simulators';
import { newNumber, startDesk, type Answer, type Desk } from './desk.ts';
import { atMeta, openDesk } from './open-desk.ts';

let now = Temporal.Now.instant();
const meta = await startMetaSimulator({ clock: () => now });
const { database, desk } = await openDesk(atMeta(meta));
afterAll(() => meta.stop());

let accounts = 0;
const anAccount = () => {
  accounts += 1;
  return { wabaId: `40400000${accounts}`, phoneNumberId: `50500000${accounts}`, number: newNumber() };
};
type Account = ReturnType<typeof anAccount>;

function connect(
  { phoneNumberId, wabaId }: Account,
  code: string,
  { clinic = desk.clinic, token = desk.tokens.owner, ...change }: Record<string, unknown> & Partial<Named> = {},
): Promise<Answer> {
  const body = { orgId: clinic.id, locationId: clinic.location.id, code, phoneNumberId, wabaId, ...change };
  return desk.ask('/admin/whatsapp/senders:connect', { method: 'POST', token, body });
}
type Named = { clinic: Desk['clinic']; token: string };

const post = (path: string, body: Record<string, unknown> = {}, token = desk.tokens.owner) =>
  desk.ask(`/admin/whatsapp/${path}`, {
    method: 'POST',
    token,
    body: { orgId: desk.clinic.id, ...body },
    headers: { 'idempotency-key': newId() },
  });
const get = (path: string, token = desk.tokens.owner) =>
  desk.ask(`/admin/whatsapp/${path}?orgId=${desk.clinic.id}`, { token });

const exchanges = () => meta.requests.filter(({ path }) => path.includes('oauth/access_token')).length;
const sendersOf = async ({ number }: Account) =>
  (
    await database.owner.query<{ token: Buffer; pin: Buffer }>('select * from whatsapp_senders where e164 = $1', [
      number,
    ])
  ).rows;

async function connected(): Promise<{ account: Account; id: string }> {
  const account = anAccount();
  const { body } = await connect(account, meta.signUp(account));
  return { account, id: String(body['id']) };
}

describe('a sign-up', () => {
  it('makes a sender that the worker brings online, with its token and PIN sealed', async () => {
    const account = anAccount();
    const { status, body } = await connect(account, meta.signUp(account));
    expect({ status, state: body['state'], number: body['number'] }).toEqual({
      status: 202,
      state: 'connecting',
      number: account.number,
    });
    const [sender] = await sendersOf(account);
    expect(sender?.token.toString('latin1')).not.toContain('EAA');
    expect(sender?.pin.length).toBeGreaterThan(6);
    const { rows } = await database.owner.query(
      `select 1 from registrations r join outbox o on o.envelope->'data'->>'registrationId' = r.id::text where r.id = $1`,
      [body['id']],
    );
    expect(rows).toHaveLength(1);
  });

  it('leaves its code and its token nowhere', async () => {
    const account = anAccount();
    const code = meta.signUp(account);
    await connect(account, code);
    for (const table of ['outbox', 'audit_log', 'idempotency_keys', 'whatsapp_sign_ups', 'whatsapp_senders']) {
      const { rows } = await database.owner.query<{ row: string }>(`select t::text as row from ${table} t`);
      const secrets = [code, 'EAA'].flatMap((each) => [each, Buffer.from(each).toString('hex')]);
      expect(rows.filter(({ row }) => secrets.some((secret) => row.includes(secret)))).toEqual([]);
    }
  });

  it('comes again with the same code, and gets the sender that the first one made', async () => {
    const account = anAccount();
    const code = meta.signUp(account);
    const first = await connect(account, code);
    const before = exchanges();
    const again = await connect(account, code);
    expect({ status: again.status, id: again.body['id'] }).toEqual({ status: 202, id: first.body['id'] });
    expect(exchanges()).toBe(before);
  });

  it('comes many times at once, and makes one sender', async () => {
    const account = anAccount();
    const code = meta.signUp(account);
    const before = exchanges();
    const answers = await Promise.all(Array.from({ length: 8 }, () => connect(account, code)));
    expect(exchanges()).toBe(before + 1);
    expect(await sendersOf(account)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body['id'])).size).toBe(1);
    for (const { status, body } of answers.filter((each) => each.status !== 202)) {
      expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'request-in-flight' });
    }
  });

  it('whose code has expired is told to start again', async () => {
    const account = anAccount();
    const code = meta.signUp(account);
    now = now.add({ seconds: 31 });
    const { status, body } = await connect(account, code);
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'vendor-refused' });
    expect(body['detail']).toMatch(/expired.*Start the sign-up again/s);
    expect(body['errors']).toEqual([expect.objectContaining({ pointer: '#/code' })]);
    expect(await sendersOf(account)).toEqual([]);
  });

  it('of a number that is not in the account is refused', async () => {
    const account = anAccount();
    const { status, body } = await connect({ ...account, phoneNumberId: '999999' }, meta.signUp(account));
    expect({ status, errors: body['errors'] }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ pointer: '#/phoneNumberId' })],
    });
  });

  it('of a number that another clinic has is refused: 409', async () => {
    const { account } = await connected();
    const theirs = { clinic: desk.other, token: desk.tokens.stranger };
    const { status, body } = await connect(account, meta.signUp(account), theirs);
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'conflict' });
    expect(body['detail']).toMatch(/another clinic.*Disconnect it there/s);
    expect(await sendersOf(account)).toHaveLength(1);
  });

  it('of a number that the clinic has renews its sender', async () => {
    const { account, id } = await connected();
    const [before] = await sendersOf(account);
    const again = await connect(account, meta.signUp(account));
    expect({ status: again.status, id: again.body['id'] }).toEqual({ status: 202, id });
    const [after] = await sendersOf(account);
    expect(after?.token).not.toEqual(before?.token);
  });

  it('for a location that there is not uses no code', async () => {
    const account = anAccount();
    const code = meta.signUp(account);
    const refused = await connect(account, code, { locationId: newId() });
    expect({ status: refused.status, errors: refused.body['errors'] }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ pointer: '#/locationId' })],
    });
    expect((await connect(account, code)).status).toBe(202);
  });

  it('while Meta is away can be sent again', async () => {
    const account = anAccount();
    const code = meta.signUp(account);
    await meta.goOffline();
    const away = await connect(account, code);
    await meta.goOnline();
    expect({ status: away.status, code: away.body['code'] }).toEqual({ status: 503, code: 'unavailable' });
    expect((await connect(account, code)).status).toBe(202);
  });

  it('says so where WhatsApp through Meta is not set up', async () => {
    await using without = await startDesk(database, {}, { issuer: desk.issuer, clinic: desk.clinic });
    const account = anAccount();
    const { phoneNumberId, wabaId } = account;
    const { id: orgId, location } = desk.clinic;
    const { status, body } = await without.ask('/admin/whatsapp/senders:connect', {
      method: 'POST',
      body: { orgId, locationId: location.id, code: meta.signUp(account), phoneNumberId, wabaId },
    });
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'not-connected' });
    expect(body['detail']).toContain('META_APP_ID');
  });
});

describe('a sender', () => {
  it('is shown to viewers without its number', async () => {
    const { account, id } = await connected();
    const { body } = await get(`senders/${id}`, desk.tokens.viewer);
    expect(body['number']).not.toBe(account.number);
    const list = await get('senders', desk.tokens.viewer);
    expect(JSON.stringify(list.body)).not.toContain(account.number);
  });

  it('is disconnected once, and its number is free for another clinic', async () => {
    const { account, id } = await connected();
    const gone = await post(`senders/${id}:disconnect`);
    expect({ status: gone.status, state: gone.body['state'] }).toEqual({ status: 200, state: 'disconnected' });
    expect((await post(`senders/${id}:disconnect`)).body['state']).toBe('disconnected');
    const theirs = { clinic: desk.other, token: desk.tokens.stranger };
    const next = await connect(account, meta.signUp(account), theirs);
    expect(next.status).toBe(202);
    expect(next.body['id']).not.toBe(id);
  });

  it('at Twilio needs a number that the clinic has there, and is registered once', async () => {
    const number = newNumber();
    const register = () => post('senders:register', { number, displayName: 'Radiance Medspa' });
    const unknown = await register();
    expect({ status: unknown.status, errors: unknown.body['errors'] }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ pointer: '#/number' })],
    });
    await database.owner.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, carrier) values ($1, $2, $3, 'MG1', 'twilio')`,
      [number, desk.clinic.id, desk.clinic.location.id],
    );
    const first = await register();
    const again = await register();
    expect({ status: first.status, state: first.body['state'] }).toEqual({ status: 202, state: 'connecting' });
    expect(again.body['id']).toBe(first.body['id']);
    const account = { ...anAccount(), number };
    const atMeta = await connect(account, meta.signUp(account));
    expect({ status: atMeta.status, detail: atMeta.body['detail'] }).toEqual({
      status: 409,
      detail: expect.stringMatching(/through Twilio/),
    });
  });
});

describe('a template', () => {
  const draft = {
    name: 'birthday_greeting',
    language: 'en_US',
    category: 'utility',
    kinds: ['by-hand'],
    body: '{{1}} has news: our 20% offer {{2}}',
    valueNames: ['clinic', 'text'],
    examples: ['Radiance Medspa', 'we are open on Sunday'],
  };
  const mended = { ...draft, body: 'A message from {{1}} for you: {{2}} Reply here to reach us.' };

  it('is written, mended, submitted and retired', async () => {
    const { id: senderId } = await connected();
    const written = await post('templates', { senderId, ...draft }, desk.tokens.manager);
    const id = String(written.body['id']);
    expect(written.status).toBe(200);
    const codes = (written.body['faults'] as { code: string }[]).map(({ code }) => code); // as the document declares
    expect(codes).toEqual(['placeholder-at-edge', 'promotional-words']);
    const refused = await post(`templates/${id}:submit`);
    expect({ status: refused.status, errors: refused.body['errors'] }).toEqual({
      status: 422,
      errors: codes.map(() => expect.objectContaining({ pointer: '#/body', mend: expect.any(String) })),
    });
    const anew = await post('templates', { senderId, ...mended }, desk.tokens.manager);
    expect({ id: anew.body['id'], faults: anew.body['faults'] }).toEqual({ id, faults: [] });
    expect((await post(`templates/${id}:submit`, {}, desk.tokens.manager)).status).toBe(403);
    const submitted = await post(`templates/${id}:submit`);
    expect({ status: submitted.status, state: submitted.body['state'] }).toEqual({ status: 202, state: 'submitted' });
    expect((await post(`templates/${id}:submit`)).status).toBe(409);
    expect((await post('templates', { senderId, ...mended })).status).toBe(409);
    const rings = async () =>
      (await database.owner.query<{ rung: number }>('select rung from registrations where id = $1', [id])).rows;
    expect((await post(`templates/${id}:retire`)).body['state']).toBe('disabled');
    expect((await post(`templates/${id}:retire`)).status).toBe(200);
    expect(await rings()).toEqual([{ rung: 1 }]);
  });

  it('of the desk is adopted in each language, and once', async () => {
    const { id: senderId } = await connected();
    const first = await post('templates:adopt', { senderId });
    const submitted = first.body['submitted'] as unknown[]; // as the document declares
    expect({ status: first.status, there: first.body['there'] }).toEqual({ status: 202, there: 0 });
    expect(submitted.length).toBeGreaterThan(20);
    const again = await post('templates:adopt', { senderId });
    expect(again.body).toEqual({ submitted: [], there: submitted.length });
    const list = await desk.ask(`/admin/whatsapp/templates?orgId=${desk.clinic.id}&state=submitted&limit=100`);
    expect((list.body['items'] as unknown[]).length).toBe(submitted.length);
  });

  it('needs a sender of the clinic', async () => {
    const { status, body } = await post('templates:adopt', { senderId: newId() });
    expect({ status, errors: body['errors'] }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ pointer: '#/senderId' })],
    });
  });
});
