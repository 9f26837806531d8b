import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import { startTelnyxSimulator } from '@frontdesk/simulators';
import { medSpaBrand, soleProprietorBrand } from '@frontdesk/testkit';
import type { Answer } from './desk.ts';
import { openDesk } from './open-desk.ts';

const telnyx = await startTelnyxSimulator({ apiKey: 'KEY-test' });
const { database, desk } = await openDesk({
  TELNYX_API_KEY: 'KEY-test',
  TELNYX_BASE_URL: telnyx.apiUrl,
  VENDOR_TIMEOUT_MS: '2000',
});
afterEach(() => telnyx.behave());
afterAll(() => telnyx.stop());

const get = (path: string, token = desk.tokens.owner) =>
  desk.ask(`/admin${path}${path.includes('?') ? '&' : '?'}orgId=${desk.clinic.id}`, { token });
const post = (path: string, body: Record<string, unknown>, token = desk.tokens.owner): Promise<Answer> =>
  desk.ask(`/admin${path}`, {
    method: 'POST',
    token,
    body: { orgId: desk.clinic.id, ...body },
    headers: { 'idempotency-key': newId() },
  });
const said = ({ status, body }: Answer) => ({ status, code: body['code'] });
const own = () => desk.clinic.location.number;
const asOwner = (sql: string, ...values: unknown[]) =>
  inTenants(database.owner, [desk.clinic.id], (client) => client.query(sql, values));

describe('numbers that are for sale', () => {
  it('are those of the carrier that fit the wish', async () => {
    const { status, body } = await get('/available-numbers?areaCode=602&limit=2', desk.tokens.viewer);
    expect(status).toBe(200);
    const items = body['items'] as { number: string; sms: boolean }[]; // as the schema says
    expect(items).toHaveLength(2);
    expect(items.every(({ number, sms }) => number.startsWith('+1602') && sms)).toBe(true);
  });

  it('are none when nothing fits, which is no fault', async () => {
    telnyx.fillStock([{ number: '+14805550200' }]);
    const { status, body } = await get('/available-numbers?areaCode=212');
    expect([status, body['items'], body['next']]).toEqual([200, [], expect.stringMatching(/Nothing fits/)]);
  });

  it.each([
    [
      'of a carrier that the desk is not connected to',
      () => get('/available-numbers?carrier=twilio'),
      409,
      'not-connected',
    ],
    ['with a wish that cannot be', () => get('/available-numbers?areaCode=111'), 422, 'invalid-fields'],
    [
      'of a carrier that is away',
      () => {
        telnyx.misbehave({ kind: 'answer', status: 503 }, { times: 5 });
        return get('/available-numbers');
      },
      503,
      'unavailable',
    ],
    [
      'of a carrier that says no',
      () => {
        telnyx.refuseRequests('10015', { times: 5 });
        return get('/available-numbers');
      },
      422,
      'vendor-refused',
    ],
  ])('%s are refused', async (_, ask, status, code) => {
    expect(said(await ask())).toEqual({ status, code });
  });
});

describe('an order', () => {
  it('is kept once for one key, and refused while another is open', async () => {
    const body = { orgId: desk.clinic.id, number: '+14805550201' };
    const asked = { method: 'POST', body, headers: { 'idempotency-key': newId() } };
    const [first, again] = [
      await desk.ask('/admin/number-orders', asked),
      await desk.ask('/admin/number-orders', asked),
    ];
    expect([first.status, again.body]).toEqual([202, first.body]);
    expect(said(await post('/number-orders', { number: '+14805550201' }))).toEqual({ status: 409, code: 'conflict' });
    const { body: order } = await get(`/number-orders/${String(first.body['id'])}`, desk.tokens.viewer);
    expect(order).toMatchObject({ state: 'requested', number: '+14805550201', next: expect.any(String) });
    const { body: list } = await get('/number-orders?limit=1');
    expect(list['items']).toEqual([order]);
    const theirs = await desk.ask(`/admin/number-orders/${String(first.body['id'])}?orgId=${desk.other.id}`, {
      token: desk.tokens.stranger,
    });
    expect(theirs.status).toBe(404);
  });

  it('whose number was given up since says when and why', async () => {
    const [id, number] = [newId(), '+14805550209'];
    const [clinic, { location }] = [desk.clinic.id, desk.clinic];
    await asOwner(
      `insert into number_orders (org_id, id, location_id, carrier, e164, call_handling, state, number_id, asked_by, created_at, state_at)
       values ($1, $2, $3, 'telnyx', $4, 'ring', 'assigned', 'number-9', 'api:olga', now(), now())`,
      clinic,
      id,
      location.id,
      number,
    );
    const order = async () => (await get(`/number-orders/${id}`, desk.tokens.viewer)).body;
    expect(await order()).toMatchObject({ state: 'assigned', reason: null });
    await asOwner(
      `insert into number_releases (org_id, id, location_id, carrier, e164, origin, carrier_number_id, messaging_profile_id, state,
         asked_by, created_at, state_at)
       values ($1, $2, $3, 'telnyx', $4, 'bought', 'number-9', 'profile', 'released', 'api:olga', now(), '2026-11-20T18:00:00Z')`,
      clinic,
      newId(),
      location.id,
      number,
    );
    const released = { state: 'released', reason: 'The clinic gave the number up.', stateAt: '2026-11-20T18:00:00Z' };
    expect(await order()).toMatchObject(released);
    const { body: list } = await get('/number-orders?limit=1');
    expect(list['items']).toMatchObject([{ id, ...released }]);
  });

  it.each([
    ['a number that it has', () => ({ number: own() }), 409, 'conflict'],
    ['a number of another clinic', () => ({ number: desk.other.location.number }), 409, 'conflict'],
    [
      'a location of another clinic',
      () => ({ number: '+14805550203', locationId: desk.other.location.id }),
      422,
      'invalid-fields',
    ],
    ['what is no number', () => ({ number: '+1 480' }), 422, 'invalid-fields'],
    ['a carrier that is not connected', () => ({ number: '+14805550204', carrier: 'twilio' }), 409, 'not-connected'],
  ])('of %s is refused', async (_, body, status, code) => {
    expect(said(await post('/number-orders', body()))).toEqual({ status, code });
  });
});

describe('the phone of an owner who works alone', () => {
  it('gets five codes an hour at most, whichever clinics ask, and is nowhere counted by its number', async () => {
    const asked = [desk.clinic, desk.other].map(async ({ id: orgId }, n) => {
      const token = n === 0 ? desk.tokens.owner : desk.tokens.stranger;
      const { body } = await post('/tendlc/brands', { orgId, details: soleProprietorBrand }, token);
      await inTenants(database.owner, [orgId], (client) =>
        client.query(
          `update tendlc_brands set state = 'code-wanted', external_id = $2, submitted_revision = revision where id = $1`,
          [body['id'], `brand-${n}`],
        ),
      );
      return () => post(`/tendlc/brands/${String(body['id'])}:send-code`, { orgId }, token);
    });
    const [ours, theirs] = await Promise.all(asked);
    const answers: Answer[] = [];
    // The registry knows neither brand and says no, so that neither clinic has to wait for its own minute.
    for (const ask of [ours, theirs, ours, theirs, ours, theirs, ours])
      if (ask !== undefined) answers.push(await ask());
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 429, 429]);
    const waits = Number(answers.at(-1)?.headers.get('retry-after'));
    expect(waits).toBeGreaterThan(3_000);
    expect(waits).toBeLessThanOrEqual(3_600);
    expect(telnyx.requests.filter(({ path }) => path.endsWith('/smsOtp'))).toHaveLength(5);
    const { rows: counts } = await database.owner.query<{ key: string }>('select key from api_rate_limits');
    expect(counts.filter(({ key }) => key.startsWith('codes:'))).toHaveLength(1);
    expect(JSON.stringify(counts)).not.toContain(soleProprietorBrand.mobilePhone.slice(2));
  });
});

describe('a number of the clinic', () => {
  it('is changed by managers, and viewers do not see whole whom its calls go to', async () => {
    const changed = await post('/numbers:assign', { number: own(), transferTo: '+16025550199' }, desk.tokens.manager);
    expect(changed.status).toBe(200);
    const shown = async (token: string) =>
      ((await get('/numbers', token)).body['items'] as Record<string, unknown>[])[0];
    expect(await shown(desk.tokens.manager)).toMatchObject({ number: own(), transferTo: '+16025550199' });
    expect(await shown(desk.tokens.viewer)).toMatchObject({ number: own(), transferTo: '+1602•••0199' });
    const circle = await post('/numbers:assign', { number: own(), transferTo: desk.other.location.number });
    expect([circle.status, JSON.stringify(circle.body['errors'])]).toEqual([
      422,
      expect.stringContaining('#/transferTo'),
    ]);
  });

  it('is listed with the others a page at a time, by number', async () => {
    const others = ['+12015550101', '+19895550101'];
    await asOwner(
      `insert into phone_numbers select (jsonb_populate_record(p, jsonb_build_object('e164', other))).*
       from phone_numbers p, unnest($2::text[]) as other where p.e164 = $1`,
      own(),
      others,
    );
    const numbers: unknown[] = [];
    let cursor: unknown = '';
    for (let page = 1; page <= 4 && typeof cursor === 'string'; page++) {
      const { body } = await get(`/numbers?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`, desk.tokens.viewer);
      numbers.push(...(body['items'] as { number: string }[]).map(({ number }) => number)); // as the schema says
      cursor = body['nextCursor'];
    }
    await asOwner('delete from phone_numbers where e164 = any($1)', others);
    expect(numbers).toEqual([...others, own()].toSorted());
    const elsewhere = Buffer.from(newId()).toString('base64url');
    expect(said(await get(`/numbers?cursor=${elsewhere}`))).toEqual({ status: 422, code: 'invalid-fields' });
  });

  it('is given up by owners alone, not while WhatsApp is on it, and the last one only when they insist', async () => {
    expect((await post('/numbers:release', { number: own() }, desk.tokens.manager)).status).toBe(403);
    const last = await post('/numbers:release', { number: own() });
    expect([last.status, last.body['detail']]).toEqual([409, expect.stringMatching(/last number.*insist/)]);
    await asOwner(
      `insert into whatsapp_senders (org_id, id, location_id, provider, e164, state, created_at, state_at)
       values ($1, $2, $3, 'twilio', $4, 'online', now(), now())`,
      desk.clinic.id,
      newId(),
      desk.clinic.location.id,
      own(),
    );
    const busy = await post('/numbers:release', { number: own(), insist: true });
    expect([busy.status, busy.body['detail']]).toEqual([409, expect.stringMatching(/Disconnect/)]);
    await asOwner(`update whatsapp_senders set state = 'disconnected'`);
    const waiting = await desk.send({ to: '+16025550142', purpose: 'reminder', body: 'Please bring your card.' });
    const released = await post('/numbers:release', { number: own(), insist: true });
    expect(released).toMatchObject({ status: 202, body: { lost: { texts: 1, reminders: 0 } } });
    const { body: text } = await get(`/messages/${String(waiting.body['id'])}`);
    expect(text).toMatchObject({ state: 'suppressed', reason: expect.stringMatching(/no longer the clinic’s/) });
    const { rows: tasks } = await database.owner.query("select reason from staff_tasks where kind = 'registration'");
    expect(tasks).toEqual([{ reason: expect.stringMatching(/given up.*do not: 1/) }]);
    expect((await get('/numbers')).body['items']).toEqual([]);
  });
});

describe('a brand that is changed', () => {
  it('keeps its EIN, which nobody can read, until it is given anew or removed', async () => {
    const { ein, ...details } = medSpaBrand;
    const { body } = await post('/tendlc/brands', { details: { ...details, ein } });
    const einAfter = async (change: Record<string, unknown>) => {
      const changed = await post(`/tendlc/brands/${String(body['id'])}:update`, { details: { ...details, ...change } });
      expect(changed).toMatchObject({ status: 200, body: { details: { city: change['city'] } } });
      const { rows } = await database.owner.query<{ ein: string | null }>(
        'select ein from tendlc_brands where id = $1',
        [body['id']],
      );
      return rows[0]?.ein;
    };
    expect(await einAfter({ city: 'Mesa' })).toBe('861357924');
    expect(await einAfter({ city: 'Tempe', ein: '86-1357925' })).toBe('861357925');
    expect(await einAfter({ city: 'Mesa', ein: null })).toBeNull();
  });
});
