import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { carrierMedia, type CarrierMediaOptions } from './carrier-media.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Stands in for the carrier: what it was asked, and what it says where. */
let server: Server;
let url: string;
let asked: { path: string; authorization: string | undefined }[] = [];
let answers: Record<string, Answer> = {};
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ path: String(request.url), authorization: request.headers.authorization });
    const answer = answers[String(request.url)];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server
});
beforeEach(() => {
  asked = [];
  answers = { '/a.jpg': (_, response) => response.end('bytes') };
});
afterAll(
  () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
);

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end('no');
const secret = 'Bearer KEY';
const source = (change: Partial<CarrierMediaOptions> = {}, authorize: 'always' | 'when-asked' = 'always') =>
  carrierMedia({
    carriers: { telnyx: { hosts: ['.telnyx.com'], authorization: secret, authorize, standIn: url } },
    ...change,
  });
const get = (address: string, change: Partial<CarrierMediaOptions> = {}, authorize?: 'always' | 'when-asked') =>
  source(change, authorize).fetch({ provider: 'telnyx', url: address });
const text = (outcome: Awaited<ReturnType<typeof get>>) =>
  outcome.kind === 'fetched' ? new TextDecoder().decode(outcome.bytes) : outcome;

describe('a file at a carrier', () => {
  it('is fetched', async () => {
    expect(text(await get(`${url}/a.jpg`))).toBe('bytes');
    expect(asked).toEqual([{ path: '/a.jpg', authorization: secret }]);
  });

  it('is followed to where the carrier sends', async () => {
    answers['/b'] = status(307, { location: '/a.jpg' });
    expect(text(await get(`${url}/b`))).toBe('bytes');
  });

  it('is not followed for ever', async () => {
    answers['/b'] = status(307, { location: '/b' });
    expect(await get(`${url}/b`)).toEqual({
      kind: 'refused',
      reason: 'its address is not followed: it leads from one address to the next',
    });
    expect(asked).toHaveLength(4);
  });

  it.each([404, 410])('that is there no more is gone (%d)', async (code) => {
    answers['/a.jpg'] = status(code);
    expect(await get(`${url}/a.jpg`)).toEqual({ kind: 'gone', reason: `the carrier has it no more (http-${code})` });
  });

  it.each([401, 403, 429, 500, 503])('that is not given out now may be later (%d)', async (code) => {
    answers['/a.jpg'] = status(code);
    expect(await get(`${url}/a.jpg`)).toEqual({ kind: 'retryable', code: `http-${code}` });
  });

  it('comes back when the carrier says', async () => {
    answers['/a.jpg'] = status(429, { 'retry-after': '30' });
    expect(await get(`${url}/a.jpg`)).toEqual({ kind: 'retryable', code: 'http-429', retryAfterMs: 30_000 });
  });

  it('that is too long is refused, by what is announced and by what comes', async () => {
    answers['/announced'] = (_, response) => response.writeHead(200, { 'content-length': '11' }).end('x'.repeat(11));
    answers['/flows'] = (_, response) => {
      const flow = setInterval(() => response.write('xxxx'), 1);
      response.on('close', () => clearInterval(flow));
    };
    const refused = { kind: 'refused', reason: 'it has more than 10 bytes' };
    expect(await get(`${url}/announced`, { mostBytes: 10 })).toEqual(refused);
    expect(await get(`${url}/flows`, { mostBytes: 10 })).toEqual(refused);
    answers['/just'] = (_, response) => response.end('x'.repeat(10));
    expect(text(await get(`${url}/just`, { mostBytes: 10 }))).toHaveLength(10);
  });

  it.each<[string, Answer]>([
    ['never begins', () => {}],
    ['never ends', (_, response) => response.write('x')],
  ])('whose answer %s is given up in time', async (_, answer) => {
    answers['/a.jpg'] = answer;
    expect(await get(`${url}/a.jpg`, { timeoutMs: 200 })).toMatchObject({ kind: 'retryable' });
  });

  it('may come later when the connection breaks or is not made', async () => {
    answers['/a.jpg'] = (request) => request.socket.destroy();
    expect(await get(`${url}/a.jpg`)).toEqual({ kind: 'retryable', code: 'ECONNRESET' });
    expect(await source().fetch({ provider: 'twilio', url: `${url}/a.jpg` })).toEqual({
      kind: 'retryable',
      code: 'no-account-at-twilio',
    });
  });
});

describe("the carrier's secret", () => {
  it('is told only when it is asked for, where files may also lie with others', async () => {
    answers['/a.jpg'] = (request, response) =>
      request.headers.authorization === undefined ? status(401)(request, response) : response.end('bytes');
    expect(text(await get(`${url}/a.jpg`, {}, 'when-asked'))).toBe('bytes');
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, secret]);
  });

  it('is not told where the carrier sends to somebody else', async () => {
    const other = createServer((request, response) => response.end(String(request.headers.authorization)));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    answers['/b'] = status(302, { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` });
    try {
      expect(await get(`${url}/b`)).toMatchObject({ kind: 'refused' });
    } finally {
      other.close();
    }
  });
});

describe('an address that leads inside', () => {
  it.each([
    ['http://media.telnyx.com/a.jpg', 'it is no https'],
    ['ftp://media.telnyx.com/a.jpg', 'it is no https'],
    ['file:///etc/passwd', 'it is no https'],
    ['https://media.telnyx.com:8443/a.jpg', 'its port is not that of https'],
    ['https://user:word@media.telnyx.com/a.jpg', 'it names a user'],
    ['https://127.0.0.1/a.jpg', 'it is no public address'],
    ['https://2130706433/a.jpg', 'it is no public address'],
    ['https://0x7f.1/a.jpg', 'it is no public address'],
    ['https://10.1.2.3/a.jpg', 'it is no public address'],
    ['https://192.168.0.1/a.jpg', 'it is no public address'],
    ['https://172.16.0.1/a.jpg', 'it is no public address'],
    ['https://100.64.0.1/a.jpg', 'it is no public address'],
    ['https://169.254.169.254/latest/meta-data', 'it is no public address'],
    ['https://[::1]/a.jpg', 'it is no public address'],
    ['https://[::ffff:10.0.0.1]/a.jpg', 'it is no public address'],
    ['https://[fd00:ec2::254]/a.jpg', 'it is no public address'],
    ['https://[fe80::1]/a.jpg', 'it is no public address'],
    ['https://localhost/a.jpg', 'the name leads to no public address'],
  ])('is not followed: %s', async (address, why) => {
    const refused = { kind: 'refused', reason: `its address is not followed: ${why}` };
    expect(await get(address)).toEqual(refused);
    answers['/b'] = status(302, { location: address });
    expect(await get(`${url}/b`)).toEqual(refused);
  });
});
