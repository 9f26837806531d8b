import { createDatabase, inTenants, keyLookUps } from '@frontdesk/db';
import { newId, nullLogger, present, type Id } from '@frontdesk/kernel';
import {
  createCircuit,
  createWaitingLine,
  makeReconcileAttempt,
  makeSending,
  type CarrierAccount,
  type CircuitPolicy,
  type QueuedText,
  type TextGateway,
  type TextTask,
  type Ways,
} from '@frontdesk/messaging';
import {
  flagUnresolvedAttempt,
  recordDeliveryReport,
  requestText,
  type DeliveryReport,
  type TextRequest,
} from '@frontdesk/messaging/postgres';
import { telnyxSmsGateway } from '@frontdesk/providers/telnyx';
import { twilioTextGateway } from '@frontdesk/providers/twilio';
import { startTelnyxSimulator, startTwilioSimulator } from '@frontdesk/simulators';
import { createTestClinic, createTestDatabase, createTestPerson, type TestPerson } from '@frontdesk/testkit';
import { readCode } from '../src/carriers.ts';
import { openWhatsAppBeside } from './whatsapp-beside.ts';
import { makeSendDueTexts } from '../src/jobs/send-due-texts.ts';

export type TwoCarriers = Awaited<ReturnType<typeof openTwoCarriers>>;

type Clinic = Awaited<ReturnType<typeof createTestClinic>>;

/** What a process that sends is given; several share one database and both carriers. */
export type InstanceOptions = {
  circuit?: CircuitPolicy;
  perSecond?: Partial<Record<'telnyx' | 'twilio', number>>;
  /** What stands between the process and its carriers. */
  around?: (gateway: TextGateway) => TextGateway;
  /** Runs before a text whose turn has come is tried. */
  before?: (text: QueuedText) => void;
  /** What a test may switch off to show why it is needed. */
  treatUnknownAs?: 'retryable';
  /** Off unless a test is about it: the database counts pauses by its own clock. */
  heedsPauses?: boolean;
};

const never: CircuitPolicy = { failures: Number.POSITIVE_INFINITY, pauseMs: 1, capMs: 1 };
const plenty = 10_000;
const timeoutMs = 300;
const publicWebhookUrl = 'http://127.0.0.1:9';

/** A clinic with a number at each of two carriers, which are simulated on the wire, and maybe on WhatsApp; a clock that is set by hand. */
export async function openTwoCarriers({ whatsApp = false }: { whatsApp?: boolean } = {}) {
  let now = Temporal.Instant.from('2026-11-20T18:00:00Z');
  const clock = () => now;
  const [server, telnyx, twilio] = await Promise.all([
    createTestDatabase(),
    startTelnyxSimulator({ apiKey: 'KEY-test', clock }),
    startTwilioSimulator({ clock }),
  ]);
  const simulators = { telnyx, twilio };
  const clinic = await createTestClinic(server.owner);
  const beside = whatsApp ? await openWhatsAppBeside(server, { clinic, clock, timeoutMs }) : null;
  const behave = () => {
    for (const simulator of [telnyx, twilio, beside?.meta]) {
      simulator?.behave();
      simulator?.planReceipts({ never: true });
    }
  };
  behave();
  const role = 'frontdesk_messaging_worker';
  const database = createDatabase({ url: server.appUrl, role, max: 10, settings: keyLookUps });
  const standIn = await addNumber(clinic, 'twilio');
  const opened: TextTask[] = [];
  const resolved: string[] = [];
  const tasks = {
    open: async (_tx: unknown, task: TextTask) => void opened.push(task),
    resolve: async (_tx: unknown, { causeKey }: { causeKey: string }) => void resolved.push(causeKey),
  };
  const { accountSid, authToken } = twilio;
  const gateways = [
    telnyxSmsGateway({ apiKey: 'KEY-test', baseUrl: telnyx.apiUrl, timeoutMs, publicWebhookUrl }),
    twilioTextGateway({ accountSid, authToken, baseUrl: twilio.apiUrl, timeoutMs, publicWebhookUrl }),
    ...(beside === null ? [] : [beside.gateway]),
  ];

  async function addNumber(
    { id, location }: Clinic,
    carrier: 'telnyx' | 'twilio',
    limit: { textsPerSecond?: number; campaign?: string } = {},
  ): Promise<string> {
    const number = `+1928${String(Math.floor(Math.random() * 8_000_000) + 2_000_000)}`;
    await inTenants(server.owner, [id], (client) =>
      client.query(
        `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, carrier, texts_per_second, campaign)
         values ($1, $2, $3, 'profile', $4, $5, $6)`,
        [number, id, location.id, carrier, limit.textsPerSecond ?? null, limit.campaign ?? null],
      ),
    );
    return number;
  }

  /** A process that sends, with its own circuits and its own line. */
  function instance({
    circuit = never,
    perSecond = {},
    around = (gateway) => gateway,
    before,
    treatUnknownAs,
    heedsPauses = false,
  }: InstanceOptions = {}) {
    const carriers = new Map(
      gateways.map((gateway): [TextGateway['provider'], CarrierAccount] => {
        const { provider } = gateway;
        const textsPerSecond = (provider === 'meta' ? undefined : perSecond[provider]) ?? plenty;
        return [provider, { gateway: around(gateway), circuit: createCircuit(circuit), textsPerSecond }];
      }),
    );
    const ways: Ways = { carriers, failoverAfter: 2, line: createWaitingLine(), clock };
    const ports = {
      inTenant: <T>(orgId: Id, work: Parameters<typeof database.inTenant<T>>[1]) => database.inTenant(orgId, work),
      ways,
      tasks,
      random: () => 0.5,
      retry: { baseMs: 1_000, capMs: 8_000, maxAttempts: 5 },
      arm: async () => {},
    };
    const sending = makeSending({
      ...ports,
      pause: async (key, ms) => {
        if (heedsPauses) await database.lookUp`select pause_sends(${key}, ${ms}::int)`;
      },
      callWithinMs: 50_000,
      ...(treatUnknownAs !== undefined && { treatUnknownAs }),
    });
    const grace = Temporal.Duration.from({ seconds: 5 });
    return {
      sending,
      line: ways.line,
      send: (messageId: Id, { id: orgId } = clinic) => sending.attempt({ orgId, messageId }),
      reconcile: (attemptId: Id, { id: orgId } = clinic) =>
        makeReconcileAttempt({ ...ports, readCode, askEvery: Temporal.Duration.from({ seconds: 60 }) })({
          orgId,
          attemptId,
        }),
      due: makeSendDueTexts({
        database,
        sending: {
          begin: async (text, claimIn) => {
            before?.(text);
            return sending.begin(text, claimIn);
          },
        },
        ways,
        clock,
        logger: nullLogger,
        grace,
      }),
    };
  }

  return {
    /** Null where nobody asked for WhatsApp. */
    meta: beside?.meta ?? null,
    server,
    database,
    ...simulators,
    clinic,
    standIn,
    opened,
    resolved,
    addNumber,
    instance,
    behave,
    now: clock,
    /** What autovacuum does of itself where nobody writes so much within seconds. */
    analyze: () => server.owner.query('analyze outbound_messages, send_attempts'),
    /** Nothing of what came before is left to be sent. */
    async forgetTexts(): Promise<void> {
      const { rows } = await server.owner.query<{ id: Id }>('select id from organizations');
      await inTenants(
        server.owner,
        rows.map(({ id }) => id),
        (client) =>
          client.query(
            "update outbound_messages set state = 'suppressed', next_attempt_at = null where state = 'queued'",
          ),
      );
    },
    pass(time: Temporal.DurationLike) {
      now = now.add(time);
    },
    /** Somebody whom the clinic has texted before. */
    async person(of: Clinic = clinic): Promise<TestPerson> {
      const person = await createTestPerson(server.owner, of);
      await inTenants(server.owner, [of.id], (client) =>
        client.query(
          `insert into outbound_messages (org_id, id, conversation_id, contact_id, from_number, to_number, class, kind, body,
             cause_key, state, created_at)
           values ($1, $2::uuid, $3, $4, $5, $6, 'reply', 'answer', 'Hello', $2::text, 'delivered', $7)`,
          [
            of.id,
            newId(),
            person.conversationId,
            person.contactId,
            of.location.number,
            person.phone,
            new Date(now.epochMilliseconds),
          ],
        ),
      );
      return person;
    },
    async request(person: TestPerson, change: Partial<TextRequest> = {}, of: Clinic = clinic): Promise<Id> {
      const id = await database.inTenant(of.id, (tx) =>
        requestText(tx, {
          orgId: of.id,
          recipient: person,
          from: of.location.number,
          to: person.phone,
          class: 'reply',
          kind: 'answer',
          body: 'See you at 3',
          causeKey: newId(),
          correlationId: person.conversationId,
          causationId: null,
          now,
          ...change,
        }),
      );
      return present(id, 'the text');
    },
    text: async (id: Id) => {
      const { rows } = await server.owner.query<{ state: string; attempts: number; reason: string | null }>(
        'select state, attempts, reason from outbound_messages where id = $1',
        [id],
      );
      return rows[0];
    },
    attempts: async (id: Id) => {
      const { rows } = await server.owner.query<AttemptRow>(
        `select id, provider, from_number, outcome, error_code from send_attempts where message_id = $1 order by number`,
        [id],
      );
      return rows;
    },
    report: (change: Pick<DeliveryReport, 'provider' | 'attemptId' | 'providerMessageId' | 'status'>) =>
      database.inTenant(clinic.id, (tx) =>
        recordDeliveryReport(tx, { orgId: clinic.id, errorCode: null, now, ...change }, tasks),
      ),
    flag: (attemptId: Id) =>
      database.inTenant(clinic.id, (tx) => flagUnresolvedAttempt(tx, { orgId: clinic.id, attemptId, now }, tasks)),
    /** What both carriers took for somebody, in the order of carriers. */
    received: ({ phone }: TestPerson) =>
      [telnyx, twilio].map(({ accepted }) => accepted.filter(({ to }) => to === phone).map(({ text }) => text)),
    async close() {
      await Promise.all([telnyx.stop(), twilio.stop(), beside?.meta.stop(), database.close()]);
      await server.close();
    },
  };
}

type AttemptRow = { id: Id; provider: string; from_number: string; outcome: string | null; error_code: string | null };
