import { inTenants, type Database } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson, until, type TestPerson } from '@frontdesk/testkit';
import {
  createCircuit,
  createWaitingLine,
  makeSending,
  type AttemptSendPorts,
  type OutgoingText,
  type SendOutcome,
  type TextGateway,
  type TextTask,
  type Ways,
} from '../src/index.ts';
import { requestText, type TextRequest } from '../src/postgres/index.ts';

type Answer = SendOutcome | ((text: OutgoingText) => Promise<SendOutcome>);

const neverOpen = { failures: Number.POSITIVE_INFINITY, pauseMs: 1, capMs: 1 };

/** A row as the dashboard would show it. */
export type TextRow = {
  state: string;
  reason: string | null;
  attempts: number;
  next_attempt_at: Date | null;
  provider_message_id: string | null;
  channel: string;
  body: string;
};
export type AttemptRow = { id: Id; number: number; outcome: string | null; error_code: string | null };

export type TextDesk = Awaited<ReturnType<typeof openTextDesk>>;

/** One clinic on a real database, a clock that is set by hand, and a carrier that answers what it is told to. */
export async function openTextDesk() {
  const server = await createTestDatabase();
  const database = server.as('frontdesk_messaging_worker');
  const clinic = await createTestClinic(server.owner);
  let now = Temporal.Instant.from('2026-11-20T18:00:00Z');
  let answers: Answer[] = [];
  const sent: OutgoingText[] = [];
  const armed: { messageId: Id; at: Temporal.Instant }[] = [];
  const opened: TextTask[] = [];
  const resolved: string[] = [];
  const tasks: AttemptSendPorts['tasks'] = {
    open: async (_tx, task) => void opened.push(task),
    resolve: async (_tx, { causeKey }) => void resolved.push(causeKey),
  };

  const gateway = (provider: TextGateway['provider']): TextGateway => ({
    provider,
    async send(text) {
      sent.push(text);
      const answer = answers.shift() ?? { kind: 'accepted', providerMessageId: newId() };
      return typeof answer === 'function' ? answer(text) : answer;
    },
    lookUp: async () => ({ kind: 'cannot-tell' }),
  });
  const account = (provider: TextGateway['provider']) => ({
    gateway: gateway(provider),
    circuit: createCircuit(neverOpen),
    textsPerSecond: 10_000,
  });
  const ways = (): Ways => ({
    carriers: new Map((['telnyx', 'meta'] as const).map((provider) => [provider, account(provider)])),
    failoverAfter: 2,
    line: createWaitingLine(),
    clock: () => now,
  });
  const ports = (): AttemptSendPorts => ({
    inTenant: (orgId, work) => database.inTenant(orgId, work),
    ways: ways(),
    tasks,
    random: () => 0.5,
    retry: { baseMs: 1_000, capMs: 60_000, maxAttempts: 3 },
    callWithinMs: 20_000,
    pause: async () => {},
    arm: async ({ messageId }, at) => void armed.push({ messageId, at }),
  });

  async function rows<Row>(table: 'outbound_messages' | 'send_attempts', column: 'id' | 'message_id', id: Id) {
    const order = table === 'send_attempts' ? 'number' : 'seq';
    const { rows: found } = await server.owner.query(`select * from ${table} where ${column} = $1 order by ${order}`, [
      id,
    ]);
    return found as Row[]; // the columns of the named table
  }

  return {
    server,
    database: database satisfies Database,
    clinic,
    tasks,
    sent,
    armed,
    opened,
    resolved,
    ports,
    now: () => now,
    pass(time: Temporal.DurationLike) {
      now = now.add(time);
    },
    /** What the carrier says to the next sends; it accepts the rest. */
    answers(...next: Answer[]) {
      answers = next;
    },
    person: () => createTestPerson(server.owner, clinic),
    async request(person: TestPerson, change: Partial<TextRequest> = {}): Promise<Id> {
      const id = await database.inTenant(clinic.id, (tx) =>
        requestText(tx, {
          orgId: clinic.id,
          recipient: person,
          from: clinic.location.number,
          to: person.phone,
          class: 'reply',
          kind: 'answer',
          body: 'It’s ready',
          causeKey: newId(),
          correlationId: person.conversationId,
          causationId: null,
          now,
          ...change,
        }),
      );
      return String(id);
    },
    send: (messageId: Id, change: Partial<AttemptSendPorts> = {}) =>
      makeSending({ ...ports(), ...change }).attempt({ orgId: clinic.id, messageId }),
    async text(id: Id): Promise<TextRow | undefined> {
      return (await rows<TextRow>('outbound_messages', 'id', id))[0];
    },
    attempts: (messageId: Id) => rows<AttemptRow>('send_attempts', 'message_id', messageId),
    /** The clinic's number is on WhatsApp, too. */
    connectWhatsApp: () =>
      inTenants(server.owner, [clinic.id], (client) =>
        client.query(
          `insert into whatsapp_senders (org_id, id, location_id, provider, e164, phone_number_id, waba_id, state, created_at, state_at)
           values ($1, gen_random_uuid(), $2, 'meta', $3, '1', '2', 'online', now(), now())`,
          [clinic.id, clinic.location.id, clinic.location.number],
        ),
      ),
    /** The person writes on WhatsApp. */
    writeOnWhatsApp: ({ conversationId, phone }: TestPerson) =>
      inTenants(server.owner, [clinic.id], (client) =>
        client.query(
          `insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body, digest, provider,
             provider_message_id, received_at, created_at)
           values ($1, $2::uuid, $3, 'whatsapp', $4, $5, 'Hi', '', 'meta', $2::uuid::text, $6, $6)`,
          [clinic.id, newId(), conversationId, phone, clinic.location.number, new Date(now.epochMilliseconds)],
        ),
      ),
    optOut: (phone: string, { id }: { id: Id } = clinic) =>
      database.inTenant(
        id,
        (tx) => tx.$executeRaw`
          insert into opt_outs (org_id, phone, opted_out_at) values (${id}::uuid, ${phone}, now())`,
      ),
    close: () => server.close(),
  };
}

/** Resolves when somebody waits for what another transaction holds. */
export const waiterForALock = ({ server }: TextDesk) =>
  until('somebody waits for a lock', async () => {
    const { rows } = await server.owner.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return rows.length > 0;
  });
