import { once } from 'node:events';
import { createServer } from 'node:http';
import { newId } from '@frontdesk/kernel';
import { startLocalIssuer } from '@frontdesk/local-issuer';
import { startTelnyxSimulator } from '@frontdesk/simulators';
import { createTestClinic, createTestDatabase, until } from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';

type Body = Record<string, unknown>;

/** The whole desk with Telnyx's simulator around it, and an owner who asks its administration. */
export async function openRegisteredDesk() {
  const [server, issuer, carrier] = await Promise.all([
    createTestDatabase(),
    startLocalIssuer(),
    startTelnyxSimulator({ apiKey: 'KEY-test' }),
  ]);
  const clinic = await createTestClinic(server.owner);
  // Webhooks need an address before the desk has a port.
  const way = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = { ...request.headers, host: undefined, connection: undefined };
      const kept = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      fetch(`http://127.0.0.1:${desk.port}${request.url}`, {
        method: 'POST',
        body: Buffer.concat(chunks),
        headers: Object.fromEntries(kept.filter(([name]) => name !== 'content-length')),
      }).then(
        (answer) => response.writeHead(answer.status).end(),
        () => response.writeHead(503).end(),
      );
    });
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  const address = way.address();
  const wayUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  carrier.setWebhookUrls({ messages: `${wayUrl}/webhooks/telnyx/messages`, voice: `${wayUrl}/webhooks/telnyx/voice` });
  const desk = compose(
    await loadConfig({
      FRONTDESK_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: server.appUrl,
      TELNYX_PUBLIC_KEY: carrier.publicKey,
      TELNYX_API_KEY: 'KEY-test',
      TELNYX_BASE_URL: carrier.apiUrl,
      SQUARE_WEBHOOK_SIGNATURE_KEY: 'key',
      PUBLIC_WEBHOOK_URL: wayUrl,
      PAYMENT_RETURN_URL: 'http://127.0.0.1:9/paid',
      BEDROCK_ENDPOINT: 'http://127.0.0.1:9',
      BEDROCK_MODEL_ID: 'model',
      TOKEN_KEYS: `one:${Buffer.alloc(32, 1).toString('base64')}`,
      MEDIA_FOLDER: '/nowhere',
      SEND_RETRY_BASE_MS: '100',
      ADMIN_ISSUER: issuer.url,
      ADMIN_AUDIENCE: issuer.audience,
      ADMIN_JWKS_URL: issuer.jwksUrl,
    }),
  );
  await desk.start();
  const token = await issuer.mint({ orgs: { [clinic.id]: 'owner' }, subject: 'olga' });
  const ask = async (path: string, init: RequestInit) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': newId(),
    };
    const answer = await fetch(`http://127.0.0.1:${desk.port}/admin/tendlc/${path}`, { ...init, headers });
    return { status: answer.status, body: (await answer.json()) as Body }; // every answer is an object
  };
  const get = async (path: string) => (await ask(`${path}?orgId=${clinic.id}`, {})).body;

  return {
    carrier,
    clinic,
    get,
    post: (path: string, body: Body) =>
      ask(path, { method: 'POST', body: JSON.stringify({ orgId: clinic.id, ...body }) }),
    /** Waits until what is read has come to this state. */
    reaches: (path: string, state: string) =>
      until(`${path} is ${state}`, async () => {
        const body = await get(path);
        return body['state'] === state && body;
      }),
    /** What the limiter knows of the clinic's number. */
    async limit(): Promise<{ campaign: string | null; perMinute: number | null }> {
      const { rows } = await server.owner.query<{ campaign: string | null; perMinute: number | null }>(
        'select campaign, round(texts_per_second * 60)::int as "perMinute" from phone_numbers where e164 = $1',
        [clinic.location.number],
      );
      return rows[0] ?? { campaign: null, perMinute: null };
    },
    /** The registry takes the next submission of this kind, and its answer is lost. */
    loseAnswer: (what: 'brand' | 'campaignBuilder' | 'phone_number_campaigns') =>
      carrier.misbehave(
        { kind: 'accept-then-reset' },
        { times: 1, where: ({ method, path }) => method === 'POST' && path.endsWith(`/10dlc/${what}`) },
      ),
    /** Another clinic gets the number. */
    async giveNumberAway(): Promise<void> {
      const other = await createTestClinic(server.owner);
      await server.owner.query('update phone_numbers set org_id = $2, location_id = $3 where e164 = $1', [
        clinic.location.number,
        other.id,
        other.location.id,
      ]);
    },
    /** A person texts a word that the desk answers by itself. */
    asks: (from: string) => carrier.receiveText({ from, to: clinic.location.number, text: 'info' }),
    /** How many texts there are, of those that came in or of those that left. */
    async texts(which: 'received' | 'undelivered'): Promise<number> {
      const { rows } = await server.owner.query<{ received: number; undelivered: number }>(
        `select (select count(*)::int from inbound_messages) as received,
          (select count(*)::int from outbound_messages where state in ('undelivered', 'failed')) as undelivered`,
      );
      return rows[0]?.[which] ?? 0;
    },
    async tasks(): Promise<string[]> {
      const { rows } = await server.owner.query<{ reason: string }>(
        `select reason from staff_tasks where org_id = $1 and kind = 'registration' order by created_at`,
        [clinic.id],
      );
      return rows.map(({ reason }) => reason);
    },
    async close() {
      await carrier.settled();
      await desk.stop();
      way.close();
      way.closeAllConnections();
      await Promise.all([carrier.stop(), issuer.stop(), server.close()]);
    },
  };
}
