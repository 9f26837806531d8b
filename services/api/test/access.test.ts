import { describe, expect, it } from '@jest/globals';
import { newId, systemClock } from '@frontdesk/kernel';
import { startLocalIssuer } from '@frontdesk/local-issuer';
import { medSpaBrand, medSpaCampaign } from '@frontdesk/testkit';
import { allRoutes } from '../src/routes/all-routes.ts';
import type { Route } from '../src/contract/route.ts';
import { newNumber, startDesk, type Answer, type Desk } from './desk.ts';
import { openDesk } from './open-desk.ts';
import { thingsOfClinic } from './things-of-clinic.ts';

const { database, desk } = await openDesk();

const routes = allRoutes({ clock: systemClock }).map((route) => [route.operationId, route] as const);

/** A valid request to the route, for a clinic; each change has a key of its own. */
async function call(
  route: Route,
  orgId: string,
  token: string | null,
  { at = desk, id = newId() }: { at?: Desk; id?: string } = {},
): Promise<Answer> {
  const path = route.path.replace('{id}', id);
  if (route.method === 'get') return at.ask(`${path}?orgId=${orgId}`, { token });
  const body = { orgId, ...bodies[route.operationId] };
  return at.ask(path, { method: 'POST', token, body, headers: { 'idempotency-key': newId() } });
}

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n').toString('base64');
const bodies: Record<string, Record<string, unknown>> = {
  sendMessage: { to: '+16025550999', purpose: 'reminder', body: 'Hello' },
  recordConsent: { phone: '+16025550998', change: 'opt-out', channel: 'voice' },
  purgePerson: { phone: '+16025550997' },
  orderNumber: { number: '+14805550995' },
  assignNumber: { number: '+14805550994', callHandling: 'ring' },
  releaseNumber: { number: '+14805550993' },
  checkHostedNumbers: { numbers: ['+14805550992'] },
  orderHostedNumber: { number: '+14805550991' },
  sendHostedCode: { method: 'call' },
  confirmHostedCode: { code: '104729' },
  giveHostedDocuments: { loa: pdf, bill: pdf },
  cancelHostedOrder: {},
  connectWhatsAppSender: {
    locationId: newId(),
    code: 'AQ1',
    phoneNumberId: '106000000000001',
    wabaId: '102000000000001',
  },
  registerWhatsAppSender: { number: '+16025550996', displayName: 'Radiance Medspa' },
  disconnectWhatsAppSender: {},
  writeWhatsAppTemplate: {
    senderId: newId(),
    name: 'greeting',
    language: 'en_US',
    category: 'utility',
    kinds: ['by-hand'],
    body: 'Hello',
    valueNames: [],
    examples: [],
  },
  submitWhatsAppTemplate: {},
  retireWhatsAppTemplate: {},
  adoptWhatsAppTemplates: { senderId: newId() },
  checkBrand: { details: medSpaBrand },
  createBrand: { details: medSpaBrand },
  updateBrand: { details: medSpaBrand },
  submitBrand: {},
  sendBrandCode: {},
  confirmBrandCode: { code: '104729' },
  checkCampaign: { brandId: newId(), details: medSpaCampaign },
  createCampaign: { brandId: newId(), details: medSpaCampaign },
  updateCampaign: { details: medSpaCampaign },
  submitCampaign: {},
  addNumberToCampaign: { number: '+14805550991' },
  removeNumberFromCampaign: { number: '+14805550991' },
};

describe.each(routes)('%s', (_, route) => {
  it('has a request in this table, when it takes a body', () => {
    expect(route.method === 'get' || bodies[route.operationId] !== undefined).toBe(true);
  });

  it('refuses nobody in particular with 401, and says how to come', async () => {
    const { status, headers, body } = await call(route, desk.clinic.id, null);
    expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'token-missing' });
    expect(headers.get('www-authenticate')).toBe('Bearer realm="frontdesk"');
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('refuses another clinic with 403, the same whether the clinic exists or not', async () => {
    const [known, unknown] = await Promise.all([
      call(route, desk.clinic.id, desk.tokens.stranger),
      call(route, newId(), desk.tokens.stranger),
    ]);
    expect(known.status).toBe(403);
    expect(known.headers.get('www-authenticate')).toContain('insufficient_scope');
    const { requestId: _1, ...ofKnown } = known.body;
    const { requestId: _2, ...ofUnknown } = unknown.body;
    expect(ofKnown).toEqual(ofUnknown);
  });

  it('lets viewers and managers do what they may, and an owner everything', async () => {
    const refusal = async (token: string) => {
      const { status, body } = await call(route, desk.clinic.id, token);
      return status === 403 ? body['code'] : null;
    };
    expect([await refusal(desk.tokens.viewer), await refusal(desk.tokens.manager)]).toEqual([
      route.role === 'viewer' ? null : 'role-too-small',
      route.role === 'owner' ? 'role-too-small' : null,
    ]);
    const owner = await call(route, desk.clinic.id, desk.tokens.owner);
    // 404 and 422: the id is nobody's. 409: the vendor is not connected.
    expect([200, 201, 202, 404, 409, 422]).toContain(owner.status);
  });
});

describe('a token', () => {
  const list = (token: string) => desk.ask(`/admin/messages?orgId=${desk.clinic.id}`, { token });

  it.each([
    ['is no token', async () => 'not-a-token'],
    ['is expired', () => desk.issuer.mint({ orgs: { [desk.clinic.id]: 'owner' }, expiresInSeconds: -60 })],
    ['is for somebody else', () => desk.issuer.mint({ orgs: { [desk.clinic.id]: 'owner' }, audience: 'another-app' })],
    ['gives a role that is none', () => desk.issuer.mint({ orgs: { [desk.clinic.id]: 'emperor' } })],
    ['has another signature', async () => `${desk.tokens.owner.slice(0, -8)}AAAAAAAA`],
    [
      'claims to need no signature',
      async () => {
        const [, payload] = desk.tokens.owner.split('.');
        return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
      },
    ],
    [
      'comes from another issuer',
      async () => {
        const issuer = await startLocalIssuer({ publicUrl: desk.issuer.url });
        return issuer.mint({ orgs: { [desk.clinic.id]: 'owner' } }).finally(() => issuer.stop());
      },
    ],
  ])('that %s is refused without a word on why', async (_, make) => {
    const { status, headers, body } = await list(await make());
    expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'token-invalid' });
    expect(headers.get('www-authenticate')).toBe('Bearer realm="frontdesk", error="invalid_token"');
  });

  it('is good after the issuer changed its key, when it is signed with the new one', async () => {
    await using theirs = await startDesk(database);
    const { issuer } = theirs;
    const before = theirs.tokens.owner;
    expect((await theirs.ask(`/admin/messages?orgId=${theirs.clinic.id}`)).status).toBe(200);
    await issuer.rotate();
    const token = await issuer.mint({ orgs: { [theirs.clinic.id]: 'owner' } });
    expect((await theirs.ask(`/admin/messages?orgId=${theirs.clinic.id}`, { token })).status).toBe(200);
    expect((await theirs.ask(`/admin/messages?orgId=${theirs.clinic.id}`, { token: before })).status).toBe(401);
  });

  it('cannot be judged while the issuer is away: 503, not 401', async () => {
    await using theirs = await startDesk(database);
    await theirs.issuer.stop();
    const { status, body, headers } = await theirs.ask(`/admin/messages?orgId=${theirs.clinic.id}`);
    expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'unavailable' });
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe("a clinic's texts", () => {
  it('are hidden from another clinic as if they did not exist', async () => {
    const sent = await desk.send({ to: newNumber(), purpose: 'reminder', body: 'Only ours' });
    const path = `/admin/messages/${String(sent.body['id'])}?orgId=${desk.other.id}`;
    const theirs = await desk.ask(path, { token: desk.tokens.stranger });
    const nobodys = await desk.ask(`/admin/messages/${newId()}?orgId=${desk.other.id}`, {
      token: desk.tokens.stranger,
    });
    expect(theirs.status).toBe(404);
    const { requestId: _1, ...told } = theirs.body;
    const { requestId: _2, ...expected } = nobodys.body;
    expect(told).toEqual(expected);
    const list = await desk.ask(`/admin/messages?orgId=${desk.other.id}`, { token: desk.tokens.stranger });
    expect(list.body).toEqual({ items: [], nextCursor: null });
  });
});

describe("another clinic's things", () => {
  it('are nobody’s to whoever knows their ids, on every route that takes one, and stay as they are', async () => {
    // A vendor that nobody can reach: a route that asked it first would answer 503.
    const vendor = { TELNYX_API_KEY: 'KEY-test', TELNYX_BASE_URL: 'http://127.0.0.1:9', VENDOR_TIMEOUT_MS: '2000' };
    await using theirs = await startDesk(database, vendor, { issuer: desk.issuer });
    const things = await thingsOfClinic(theirs, database);
    const before = await things.kept();
    expect(before.length).toBeGreaterThan(Object.keys(things.ids).length);
    const withId = routes.map(([, route]) => route).filter(({ path }) => path.includes('{id}'));
    const told = [];
    for (const route of withId) {
      const id = things.ids[route.path.replace(/\/\{id\}.*$/, '')];
      if (id === undefined) throw new Error(`no thing for ${route.path}: add it to things-of-clinic.ts`);
      const { status, body } = await call(route, theirs.other.id, theirs.tokens.stranger, { at: theirs, id });
      told.push([route.operationId, status, body['code']]);
      if (route.method !== 'get') continue;
      expect((await call(route, theirs.clinic.id, theirs.tokens.owner, { at: theirs, id })).status).toBe(200);
    }
    expect(told).toEqual(withId.map(({ operationId }) => [operationId, 404, 'not-found']));
    expect(await things.kept()).toEqual(before);
  });
});
