import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, present } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { newNumber, rowsOf, startDesk, type Desk } from './desk.ts';
import { carriers } from './carriers.ts';
import { squareHeaders, telnyxHeaders, twilioHeaders } from './signing.ts';
import { receipt, received } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;
let clinic: ClinicDefinition;
let rows: ReturnType<typeof rowsOf>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  desk = await startDesk(database);
  rows = rowsOf(database);
});

afterAll(async () => {
  await desk.close();
  await database.close();
});

const messages = '/webhooks/telnyx/messages';
const text = () => JSON.stringify(received({ from: newNumber(), to: clinic.location.number, text: 'hi' }));
const seconds = () => Math.floor(Date.now() / 1000);

/** Posts what must be refused, and looks that nothing of it stays. */
const refused = async (path: string, body: string | Buffer, headers: Record<string, string>) => {
  const before = await rows.count('webhook_events');
  const answer = await desk.post(path, body, headers);
  expect(await rows.count('webhook_events')).toBe(before);
  expect(Object.keys(answer.body)).toEqual(['error']);
  expect(answer.body.error?.message).not.toMatch(/\n|node_modules|\.ts/);
  return [answer.status, answer.body.error?.code];
};

describe('a signature', () => {
  it('that is missing is refused', async () => {
    expect(await refused(messages, text(), { 'content-type': 'application/json' })).toEqual([401, 'signature-missing']);
  });

  it('of other bytes is refused', async () => {
    expect(await refused(messages, text(), telnyxHeaders(text()))).toEqual([401, 'signature-invalid']);
  });

  it('of the same JSON written in another way is refused', async () => {
    const body = text();
    expect(await refused(messages, JSON.stringify(JSON.parse(body), null, 2), telnyxHeaders(body))).toEqual([
      401,
      'signature-invalid',
    ]);
  });

  it.each(['', 'soon', '-1', '1e9'])('with the time %j is refused', async (timestamp) => {
    const body = text();
    const headers = { ...telnyxHeaders(body), 'telnyx-timestamp': timestamp };
    expect(await refused(messages, body, headers)).toEqual([401, 'signature-invalid']);
  });

  it.each([-301, 302])('%d seconds away from now is refused', async (offset) => {
    const body = text();
    expect(await refused(messages, body, telnyxHeaders(body, seconds() + offset))).toEqual([401, 'signature-stale']);
  });

  it.each([-240, 240])('of a clock that is %d seconds off passes', async (offset) => {
    const body = text();
    expect((await desk.post(messages, body, telnyxHeaders(body, seconds() + offset))).status).toBe(200);
  });

  it('of Square is no use for Telnyx, nor the other way round', async () => {
    const body = text();
    expect(await refused(messages, body, squareHeaders(body))).toEqual([401, 'signature-missing']);
    expect(await refused('/webhooks/square', body, telnyxHeaders(body))).toEqual([401, 'signature-missing']);
  });

  it('of Square over another body is refused', async () => {
    expect(await refused('/webhooks/square', '{}', squareHeaders('{ }'))).toEqual([401, 'signature-invalid']);
  });
});

describe('a signature of Twilio', () => {
  const path = '/webhooks/twilio/messages';
  const form = () =>
    new URLSearchParams({ MessageSid: newId(), From: newNumber(), To: clinic.location.number, Body: 'hi' }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };

  it('holds behind a proxy: whatever host and scheme the request came to, the configured address was signed', async () => {
    const body = form();
    const forwarded = { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'inside.example.test' };
    expect((await desk.send({ path, body, headers: { ...twilioHeaders(path, body), ...forwarded } })).status).toBe(200);
  });

  it('is over the query too', async () => {
    const body = new URLSearchParams({ MessageSid: newId(), MessageStatus: 'sent' }).toString();
    const [signed, other] = ['a', 'b'].map((attempt) => `/webhooks/twilio/messages/status?attempt=${attempt}`);
    const headers = twilioHeaders(String(signed), body);
    expect((await desk.send({ path: String(signed), body, headers })).status).toBe(200);
    expect(await refused(String(other), body, headers)).toEqual([401, 'signature-invalid']);
  });

  it('that is missing is refused', async () => {
    expect(await refused(path, form(), type)).toEqual([401, 'signature-missing']);
  });

  it.each([
    ['of other words', () => twilioHeaders(path, form())],
    ['of another address', (body: string) => twilioHeaders('/webhooks/twilio/voice', body)],
    ['with another token', (body: string) => twilioHeaders(path, body, 'f'.repeat(32))],
    ['that is none', () => ({ ...type, 'x-twilio-signature': 'hello' })],
  ])('%s is refused', async (_, headers) => {
    const body = form();
    expect(await refused(path, body, headers(body))).toEqual([401, 'signature-invalid']);
  });

  it('counts a parameter that was slipped in', async () => {
    const body = form();
    expect(await refused(path, `${body}&Body=STOP`, twilioHeaders(path, body))).toEqual([401, 'signature-invalid']);
  });
});

describe('a form of Twilio', () => {
  const signed = (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams(fields).toString();
    return refused(path, body, twilioHeaders(path, body));
  };

  it.each([
    ['/webhooks/twilio/messages', 'a text without an id', { From: '+15125550100', To: '+15125550199' }],
    ['/webhooks/twilio/messages', 'a text from nobody', { MessageSid: 'SM1', To: '+15125550199' }],
    ['/webhooks/twilio/messages/status', 'a receipt without a status', { MessageSid: 'SM1' }],
    ['/webhooks/twilio/voice', 'a call without an id', { CallStatus: 'ringing', To: '+15125550199' }],
    ['/webhooks/twilio/voice/status', 'a call without a status', { CallSid: 'CA1', To: '+15125550199' }],
  ])('at %s that is no webhook is refused though signed: %s', async (path, _, fields) => {
    expect(await signed(path, fields)).toEqual([400, 'unreadable']);
  });

  it('that is written as JSON is refused', async () => {
    expect(await refused('/webhooks/twilio/messages', text(), telnyxHeaders(text()))).toEqual([
      400,
      'wrong-content-type',
    ]);
  });

  it('of more than 256 KB is refused', async () => {
    expect(await signed('/webhooks/twilio/messages', { Body: 'x'.repeat(256 * 1024) })).toEqual([413, 'too-large']);
  });

  it('finds no address where no token of Twilio is set', async () => {
    const without = await startDesk(database, { twilioAuthToken: undefined });
    try {
      for (const carrier of carriers) {
        const told = carrier.text({ from: newNumber(), to: clinic.location.number, text: 'hi' });
        expect((await without.send(told)).status).toBe(carrier.name === 'twilio' ? 404 : 200);
      }
    } finally {
      await without.close();
    }
  });

  it('is told 503 while the database is blocked, so that Twilio can send it again', async () => {
    const locker = await database.owner.connect();
    const slow = await startDesk(database, { deadlineMs: 200 });
    const told = present(carriers[1], 'Twilio').text({ from: newNumber(), to: clinic.location.number, text: 'hi' });
    try {
      await locker.query('begin; lock table webhook_events in access exclusive mode');
      expect((await slow.send(told)).status).toBe(503);
      await locker.query('rollback');
      expect((await desk.send(told)).status).toBe(200);
    } finally {
      await locker.query('rollback');
      locker.release();
      await slow.close();
    }
  });
});

describe('a body', () => {
  it.each(['{"data":', '', 'hello', '\u0000'])('that is not JSON is refused though signed: %j', async (body) => {
    expect(await refused(messages, body, telnyxHeaders(body))).toEqual([400, 'unreadable']);
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['without data', {}],
    ['without a payload', { data: { event_type: 'message.received', id: newId() } }],
    ['with an empty event id', { data: { event_type: 'call.hangup', id: '', payload: {} } }],
    ['with an empty message id', received({ from: '+15125550100', to: '+15125550199', text: 'x', messageId: '' })],
    ['whose sender is missing', { data: { event_type: 'message.received', id: 'e', payload: { id: 'm', to: [] } } }],
  ])('that is no webhook of Telnyx is refused though signed: %s', async (_, event) => {
    const body = JSON.stringify(event);
    expect(await refused(messages, body, telnyxHeaders(body))).toEqual([400, 'unreadable']);
  });

  it.each([
    ['without an event id', { merchant_id: 'M', type: 'payment.updated', event_id: '' }],
    ['without its payment', { merchant_id: 'M', type: 'payment.updated', event_id: 'e', data: {} }],
  ])('that is no webhook of Square is refused though signed: %s', async (_, event) => {
    const body = JSON.stringify(event);
    expect(await refused('/webhooks/square', body, squareHeaders(body))).toEqual([400, 'unreadable']);
  });

  it('that is nested deeper than the database holds is refused', async () => {
    const body = text().replace('"data":{', `"data":{"x":${'['.repeat(20_000)}${']'.repeat(20_000)},`);
    expect(await refused(messages, body, telnyxHeaders(body))).toEqual([400, 'unreadable']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json5'])(
    'of the content type %s is refused',
    async (type) => {
      const body = text();
      expect(await refused(messages, body, { ...telnyxHeaders(body), 'content-type': type })).toEqual([
        400,
        'wrong-content-type',
      ]);
    },
  );

  it('with a charset in its content type is read', async () => {
    const body = text();
    const headers = { ...telnyxHeaders(body), 'content-type': 'application/json; charset=utf-8' };
    expect((await desk.post(messages, body, headers)).status).toBe(200);
  });

  it('of more than 256 KB is refused by its announced length', async () => {
    const body = Buffer.alloc(256 * 1024 + 1, ' ');
    expect(await refused(messages, body, telnyxHeaders(body))).toEqual([413, 'too-large']);
  });

  it('of more than 256 KB is refused while it is read when no length is announced', async () => {
    const answer = await raw(
      `POST ${messages} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
      ...Array.from({ length: 300 }, () => `400\r\n${' '.repeat(1024)}\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
  });

  it('that breaks off leaves nothing, and the service goes on', async () => {
    const before = await rows.count('webhook_events');
    const body = text();
    const headers = Object.entries(telnyxHeaders(body)).map(([name, value]) => `${name}: ${value}\r\n`);
    await raw(
      `POST ${messages} HTTP/1.1\r\nhost: x\r\n${headers.join('')}content-length: ${body.length}\r\n\r\n`,
      body.slice(0, body.length / 2),
    );
    expect(await rows.count('webhook_events')).toBe(before);
    expect((await desk.post(messages, body, telnyxHeaders(body))).status).toBe(200);
  });
});

describe('a request', () => {
  it.each(['/webhooks/', '/webhooks/telnyx', `${messages}/`, '/webhooks/twilio'])('to %s is refused', async (path) => {
    const body = text();
    expect(await refused(path, body, telnyxHeaders(body))).toEqual([404, 'unknown-path']);
  });

  it.each(['GET', 'PUT', 'DELETE'])('by %s is refused, and told what is allowed', async (method) => {
    const response = await fetch(`${desk.url}${messages}`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.json()).toMatchObject({ error: { code: 'wrong-method' } });
  });

  it('of a kind on which the desk does not act is kept and answered 200', async () => {
    const event = { data: { event_type: 'message.read', id: newId(), payload: { to: [clinic.location.number] } } };
    expect(await desk.telnyx(event)).toEqual({ status: 200, body: { result: 'accepted' } });
    expect(await rows.webhooks(event.data.id)).toMatchObject([{ org_id: clinic.id, kind: 'message.read' }]);
  });

  it('of a kind that names no clinic is kept without being parked', async () => {
    const event = { data: { event_type: 'balance.low', id: newId(), payload: {} } };
    expect((await desk.telnyx(event)).status).toBe(200);
    expect(await rows.webhooks(event.data.id)).toMatchObject([{ org_id: null, parked_reason: null }]);
  });
});

describe('a database that is gone', () => {
  it('is told as 503 within the time that the carrier waits, and what was not stored can be sent again', async () => {
    const other = await createTestDatabase();
    const cut = await startDesk(other);
    try {
      const newClinic = await createTestClinic(other.owner);
      const event = received({ from: newNumber(), to: newClinic.location.number, text: 'hi' });
      await letIn(other, false);
      const start = performance.now();
      const answer = await cut.telnyx(event);
      expect([answer.status, answer.body.error?.code]).toEqual([503, 'not-stored']);
      expect(performance.now() - start).toBeLessThan(2_000);
      await letIn(other, true);
      expect(await cut.telnyx(event)).toEqual({ status: 200, body: { result: 'accepted' } });
    } finally {
      await letIn(other, true);
      await cut.close();
      await other.close();
    }
  });

  it('or blocked is told as 503 before the carrier hangs up', async () => {
    const locker = await database.owner.connect();
    const slow = await startDesk(database, { deadlineMs: 200 });
    try {
      await locker.query('begin; lock table webhook_events in access exclusive mode');
      const start = performance.now();
      const answer = await slow.telnyx(receipt({ from: clinic.location.number, status: 'delivered' }));
      expect(answer.status).toBe(503);
      expect(performance.now() - start).toBeLessThan(2_000);
    } finally {
      await locker.query('rollback');
      locker.release();
      await slow.close();
    }
  });
});

/** Opens a database to services, or ends their connections and refuses new ones. */
async function letIn(closed: TestDatabase, open: boolean): Promise<void> {
  const name = new URL(closed.adminUrl).pathname.slice(1);
  await database.owner.query(`alter database ${name} allow_connections ${open}`);
  if (open) return;
  await database.owner.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
}

/** What the server says to raw bytes on a connection, until either side closes it. */
function raw(...parts: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect({ port: Number(new URL(desk.url).port), host: '127.0.0.1' });
    socket.on('data', (chunk) => (said += chunk.toString('latin1')));
    socket.on('error', () => {}); // the server may reset a connection whose body it does not want
    socket.on('close', () => resolve(said));
    socket.setTimeout(5_000, () => reject(new Error('the connection stayed open')));
    for (const part of parts) socket.write(part);
    socket.end();
  });
}
