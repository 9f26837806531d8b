import { createServer, type Server } from 'node:http';
import { nullLogger, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { listen, type Listener } from '@frontdesk/runtime';
import type { TestDatabase } from '@frontdesk/testkit';
import { createIngressPool } from '../src/postgres/ingress-pool.ts';
import { createIngress, type IngressOptions } from '../src/ingress.ts';
import type { Told } from './carriers.ts';
import { phoneNumberIdOf } from './meta-webhooks.ts';
import {
  metaAppSecret,
  metaHeaders,
  metaVerifyToken,
  publicWebhookUrl,
  squareHeaders,
  squareSignatureKey,
  telnyxHeaders,
  telnyxPublicKey,
  twilioAuthToken,
} from './signing.ts';

type Answer = { status: number; body: { result?: string; error?: { code: string; message: string } } };

/** An instance of the service's way of a webhook, over HTTP, on a real database. */
export type Desk = {
  url: string;
  post(path: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer>;
  /** Posts what a carrier tells. */
  send(told: Told): Promise<{ status: number; type: string; text: string }>;
  telnyx(event: unknown, path?: string): Promise<Answer>;
  meta(event: unknown): Promise<Answer>;
  square(event: unknown): Promise<Answer>;
  close(): Promise<void>;
};

export async function startDesk(database: TestDatabase, change: Partial<IngressOptions> = {}): Promise<Desk> {
  const pool = createIngressPool({ url: database.appUrl, statementTimeoutMs: 15_000 });
  const ingress = createIngress({
    pool,
    telnyxPublicKey,
    twilioAuthToken,
    meta: { appSecret: metaAppSecret, verifyToken: metaVerifyToken },
    squareSignatureKey,
    publicWebhookUrl,
    logger: nullLogger,
    onCommit: () => {},
    // A busy machine is no outage; what is said of the deadline has a test that sets it.
    deadlineMs: 15_000,
    ...change,
  });
  const server: Server = createServer(ingress.handle);
  const listener: Listener = await listen(server, 0);
  const url = `http://127.0.0.1:${listener.port}`;
  const ask = (path: string, body: string | Buffer, headers: Record<string, string>) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  const post: Desk['post'] = async (path, body, headers) => {
    const response = await ask(path, body, headers);
    // Every answer to JSON is this small JSON object, and so is every refusal.
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const telnyx: Desk['telnyx'] = (event, path = '/webhooks/telnyx/messages') => {
    const body = JSON.stringify(event);
    return post(path, body, telnyxHeaders(body));
  };
  return {
    url,
    post,
    async send({ path, body, headers }) {
      const response = await ask(path, body, headers);
      const type = response.headers.get('content-type') ?? '';
      return { status: response.status, type, text: await response.text() };
    },
    telnyx,
    meta: (event) => {
      const body = JSON.stringify(event);
      return post('/webhooks/meta', body, metaHeaders(body));
    },
    square: (event) => {
      const body = JSON.stringify(event);
      return post('/webhooks/square', body, squareHeaders(body));
    },
    async close() {
      server.closeAllConnections();
      await listener.close();
      await ingress.idle();
      await pool.end();
    },
  };
}

/** Brings a number of the clinic to WhatsApp. */
export async function addSender(
  database: TestDatabase,
  { id, location }: ClinicDefinition,
  { number = location.number, since = '2000-01-01T00:00:00Z' }: { number?: string; since?: string } = {},
): Promise<Id> {
  const { rows } = await database.owner.query<{ id: Id }>(
    `insert into whatsapp_senders (org_id, id, location_id, provider, e164, phone_number_id, waba_id, state, created_at, state_at)
     values ($1, gen_random_uuid(), $2, 'meta', $3, $4, 'WABA', 'online', $5, $5) returning id`,
    [id, location.id, number, phoneNumberIdOf(number), since],
  );
  return present(rows[0], 'the sender just written').id;
}

let people = 0;

/** A mobile number that nobody else in this test file has. */
export function newNumber(): PhoneNumber {
  people++;
  // Written as E.164 right here.
  return `+1512555${String(1000 + people)}` as PhoneNumber;
}

/** The rows that matter, as the owner of the database sees them. */
export function rowsOf(database: TestDatabase) {
  const all = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await database.owner.query<Row>(sql, values)).rows;
  return {
    texts: (from: string) =>
      all<{
        id: string;
        org_id: string;
        body: string;
        handled_by: string | null;
        has_card_number: boolean;
        to_number: string;
        provider: string;
        channel: string;
        choice_id: string | null;
        attachments: string[];
      }>('select * from inbound_messages where from_number = $1 order by seq', [from]),
    webhooks: (externalId: string) =>
      all<{ org_id: string | null; kind: string; payload: unknown; parked_reason: string | null }>(
        'select * from webhook_events where external_id = $1',
        [externalId],
      ),
    /** What is to be published for a clinic, in order: types and data. */
    events: async (clinic: ClinicDefinition) =>
      (
        await all<{ envelope: { type: string; data: Record<string, unknown>; correlationId: string } }>(
          'select envelope from outbox where org_id = $1 order by id',
          [clinic.id],
        )
      ).map(({ envelope }) => envelope),
    /** The types of the events that the texts of this number caused, in order; but for the one that only shows that it was read. */
    eventTypes: async (clinic: ClinicDefinition, from: string) =>
      (
        await all<{ type: string }>(
          `select envelope ->> 'type' as type from outbox
           where org_id = $1 and envelope ->> 'type' <> 'messaging.whatsapp-text-received.v1' and (envelope -> 'data' ->> 'messageId')::uuid in
             (select id from inbound_messages where org_id = $1 and from_number = $2)
           order by id`,
          [clinic.id, from],
        )
      ).map(({ type }) => type),
    media: (from: string) =>
      all<{
        id: string;
        org_id: string;
        ordinal: number;
        provider: string;
        url: string;
        content_type: string | null;
        state: string;
        reason: string | null;
        next_attempt_at: Date | null;
      }>(
        `select d.* from inbound_media d join inbound_messages m on m.org_id = d.org_id and m.id = d.message_id
         where m.from_number = $1 order by m.seq, d.ordinal`,
        [from],
      ),
    calls: (session: string) =>
      all<{
        org_id: string;
        from_number: string | null;
        started_at: Date | null;
        answered_at: Date | null;
        ended_at: Date | null;
        hangup_cause: string | null;
        decide_at: Date | null;
        conversation_id: string | null;
      }>('select * from calls where session_id = $1', [session]),
    consents: (phone: string) =>
      all<{ kind: string; source: string; wording: string; channel: string }>(
        'select kind, source, wording, channel from consent_events where phone = $1 order by occurred_at',
        [phone],
      ),
    optedOut: async (clinic: ClinicDefinition, phone: string) =>
      (await all('select from opt_outs where org_id = $1 and phone = $2', [clinic.id, phone])).length === 1,
    conversations: (phone: string) =>
      all<{ org_id: string; id: string; clinic_number: string; channel: string; last_inbound_at: Date | null }>(
        `select v.* from conversations v join contacts c on c.org_id = v.org_id and c.id = v.contact_id where c.phone = $1`,
        [phone],
      ),
    count: async (table: 'webhook_events' | 'inbound_messages' | 'outbox' | 'contacts') =>
      Number((await all<{ count: bigint }>(`select count(*) from ${table}`))[0]?.count),
  };
}
