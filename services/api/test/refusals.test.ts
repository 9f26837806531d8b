import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { problemSchema } from '../src/contract/schemas.ts';
import { newNumber, startDesk, type Answer } from './desk.ts';
import { openDesk } from './open-desk.ts';
import { startWay } from './way.ts';

const { database, desk } = await openDesk();

/** Holds the answer to RFC 9457 and to our schema, and gives what tells refusals apart. */
function told({ status, headers, body }: Answer): { status: number; code: string } {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(body);
  expect(problem).toMatchObject({ status, type: `urn:frontdesk:problem:${problem.code}` });
  expect(problem.requestId).toBe(headers.get('x-request-id') ?? problem.requestId);
  expect(JSON.stringify(body)).not.toMatch(/\bat .*\.ts|node_modules|select |insert /);
  return { status, code: problem.code };
}

const list = () => `/admin/messages?orgId=${desk.clinic.id}`;
const key = () => ({ 'idempotency-key': newId() });

describe('a refusal', () => {
  it('of an unknown path is 404', async () => {
    expect(told(await desk.ask('/admin/nothing'))).toEqual({ status: 404, code: 'unknown-path' });
    expect(told(await desk.ask('/admin/messages/'))).toEqual({ status: 404, code: 'unknown-path' });
  });

  it.each([
    ['DELETE', '/admin/messages', 'GET'],
    ['GET', '/admin/messages:send', 'POST'],
    ['POST', '/admin/docs', 'GET'],
    ['PUT', `/admin/messages/${newId()}`, 'GET'],
  ])('of %s %s is 405 and names what is allowed', async (method, path, allowed) => {
    const answer = await desk.ask(path, { method });
    expect(told(answer)).toEqual({ status: 405, code: 'wrong-method' });
    expect(answer.headers.get('allow')).toBe(allowed);
  });

  it('of a path that cannot be decoded is 400', async () => {
    expect(told(await desk.ask(`/admin/messages/%E0%A4%A?orgId=${desk.clinic.id}`))).toEqual({
      status: 400,
      code: 'unreadable',
    });
  });

  it.each([
    ['no JSON', '{"to": '],
    ['nothing', ''],
  ])('of a body that is %s is 400', async (_, raw) => {
    expect(told(await desk.send({}, { raw, headers: { ...key(), 'content-type': 'application/json' } }))).toEqual({
      status: 400,
      code: 'unreadable',
    });
  });

  it.each(['null', '7', '[]', '"text"'])('of the body %s is 422', async (raw) => {
    expect(told(await desk.send({}, { raw }))).toEqual({ status: 422, code: 'invalid-fields' });
  });

  it('of another content type, of another character set and of a compressed body is 415', async () => {
    const wanted = { status: 415, code: 'wrong-content-type' };
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/jsonp' },
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    ]) {
      expect(told(await desk.send({}, { raw: '{}', headers: { ...key(), ...headers } }))).toEqual(wanted);
    }
  });

  it('of a body that is too large is 413', async () => {
    const body = 'a'.repeat(70_000);
    expect(told(await desk.send({ to: newNumber(), purpose: 'reminder', body }))).toEqual({
      status: 413,
      code: 'too-large',
    });
  });

  it('of an id that is none is 422, and of one that is nobody’s 404', async () => {
    expect(told(await desk.ask(`/admin/messages/7?orgId=${desk.clinic.id}`)).status).toBe(422);
    expect(told(await desk.ask(`/admin/messages/${newId()}?orgId=${desk.clinic.id}`))).toEqual({
      status: 404,
      code: 'not-found',
    });
  });

  it('of a request that names no clinic is 422', async () => {
    const answer = await desk.ask('/admin/messages');
    expect(told(answer)).toEqual({ status: 422, code: 'invalid-fields' });
    expect(answer.body['errors']).toEqual([
      { parameter: 'orgId', detail: 'it is missing', mend: 'give the id of the clinic' },
    ]);
  });

  it('while Postgres is away is 503, and asks to come again; afterwards all is well', async () => {
    await using way = await startWay(new URL(database.appUrl));
    await using far = await startDesk(
      database,
      { DATABASE_URL: way.url },
      { issuer: desk.issuer, clinic: desk.clinic },
    );
    expect((await far.ask(list())).status).toBe(200);
    await way.cut();
    const away = await far.ask(list());
    expect(told(away)).toEqual({ status: 503, code: 'unavailable' });
    expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
    await way.mend();
    expect((await far.ask(list())).status).toBe(200);
  });

  it('that nobody foresaw is 500, and tells nothing of the inside', async () => {
    await database.owner.query('revoke select on outbound_messages from frontdesk_api');
    const denied = await desk
      .ask(list())
      .finally(() => database.owner.query('grant select on outbound_messages to frontdesk_api'));
    expect(told(denied)).toEqual({ status: 500, code: 'internal-error' });
    expect(JSON.stringify(denied.body)).not.toContain('outbound_messages');
  });
});

describe('how often somebody may ask', () => {
  it('is counted per person, told in headers, and refused with 429', async () => {
    await using few = await startDesk(database, { REQUESTS_PER_PERSON: '3' });
    const path = `/admin/messages?orgId=${few.clinic.id}`;
    const subject = newId();
    const token = await few.issuer.mint({ orgs: { [few.clinic.id]: 'owner' }, subject });
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await few.ask(path, { token }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[0]?.headers.get('ratelimit-policy')).toContain('"person";q=3;w=60');
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/"person";r=2;t=\d+/);
    const last = answers[3];
    if (last === undefined) throw new Error('four were asked');
    expect(told(last)).toEqual({ status: 429, code: 'too-many-requests' });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    const colleague = await few.issuer.mint({ orgs: { [few.clinic.id]: 'owner' }, subject: newId() });
    expect((await few.ask(path, { token: colleague })).status).toBe(200);
  });

  it('is counted per clinic over all of its people and all instances, and strangers take nothing of it', async () => {
    await using few = await startDesk(database, { REQUESTS_PER_CLINIC: '4' });
    await using second = await startDesk(
      database,
      { REQUESTS_PER_CLINIC: '4' },
      { issuer: few.issuer, clinic: few.clinic },
    );
    const path = `/admin/messages?orgId=${few.clinic.id}`;
    for (let n = 0; n < 6; n += 1) {
      expect((await few.ask(path, { token: few.tokens.stranger })).status).toBe(403);
    }
    const statuses = [];
    for (const [of, token] of [
      [few, few.tokens.owner],
      [second, few.tokens.viewer],
      [few, few.tokens.manager],
      [second, few.tokens.owner],
      [few, few.tokens.viewer],
      [second, few.tokens.viewer],
    ] as const) {
      statuses.push((await of.ask(path, { token })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });

  it('is counted once more for questions to vendors, and leaves the rest of a clinic’s requests alone', async () => {
    await using few = await startDesk(database, { VENDOR_REQUESTS_PER_CLINIC: '2' });
    const search = () => few.ask(`/admin/available-numbers?orgId=${few.clinic.id}`);
    const answers = [await search(), await search(), await search()];
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 429]); // no vendor is connected
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/"clinic-at-vendors";r=1/);
    expect((await few.ask(`/admin/messages?orgId=${few.clinic.id}`)).status).toBe(200);
  });
});

describe('every answer', () => {
  it('has an id, the caller’s own when it may stand in a log', async () => {
    const given = await desk.ask(list(), { headers: { 'x-request-id': 'my-request-1' } });
    expect(given.headers.get('x-request-id')).toBe('my-request-1');
    const odd = await desk.ask(list(), { headers: { 'x-request-id': 'a line with spaces' } });
    expect(odd.headers.get('x-request-id')).not.toContain(' ');
  });

  it('is kept by nobody, framed by nobody, and read by no other site', async () => {
    const { headers } = await desk.ask(list(), { headers: { origin: 'https://elsewhere.example' } });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
