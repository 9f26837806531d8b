import { inTenants, type DatabaseRole } from '@frontdesk/db';
import { newId, nullLogger, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { retired, type TemplateContent } from '@frontdesk/messaging';
import { findTemplate, insertTemplate, moveTemplateOn } from '@frontdesk/messaging/postgres';
import { makeConnectSender, type SignUp, type SignUpOutcome } from '@frontdesk/numbers';
import { requestRegistration, ringRegistration } from '@frontdesk/numbers/postgres';
import { metaAccounts } from '@frontdesk/providers/meta';
import { startMetaSimulator, startTwilioSimulator } from '@frontdesk/simulators';
import { createTestClinic, createTestDatabase, createTestPerson, testTokenKeys } from '@frontdesk/testkit';
import { composeRegistrations } from '../src/compose-registrations.ts';
import { configSchema } from '../src/config.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

type SenderRow = {
  id: Id;
  state: string;
  step: string;
  reason: string | null;
  token: Buffer | null;
  pin: Buffer | null;
};

type TextThere = { from?: string; state: string; reason?: string | null; templateId?: Id | null };

type TemplateRow = {
  state: string;
  reason: string | null;
  external_id: string | null;
  category: string;
  removed_at: Date | null;
};

/** Clinics, Meta and Twilio around what brings senders and templates forward, under a clock of its own. */
export async function openStage() {
  let now = Temporal.Instant.from('2027-01-04T16:00:00Z');
  const clock = () => now;
  const server = await createTestDatabase();
  const meta = await startMetaSimulator({ clock, asksCallbacks: false });
  meta.setWebhookUrl('http://127.0.0.1:9');
  const twilio = await startTwilioSimulator({ whatsAppNumbers: [] });
  const config = configSchema.parse({
    FRONTDESK_ENV: 'test',
    DATABASE_URL: server.appUrl,
    TELNYX_API_KEY: 'KEY-test',
    PUBLIC_WEBHOOK_URL: 'http://127.0.0.1:9',
    MEDIA_FOLDER: '/nowhere',
    META_GRAPH_URL: meta.graphUrl,
    META_APP_ID: meta.appId,
    META_APP_SECRET: meta.appSecret,
    META_VERIFY_TOKEN: 'verify-token-of-tests',
    TOKEN_KEYS: [...testTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(','),
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_BASE_URL: twilio.apiUrl,
  });
  const as = (role: DatabaseRole) => server.as(role);
  const [worker, api] = [as('frontdesk_messaging_worker'), as('frontdesk_api')];
  const { lookAfter } = composeRegistrations({
    config,
    database: worker,
    clock,
    logger: nullLogger,
    arm: async () => {},
  });
  const accounts = metaAccounts({
    graphUrl: meta.graphUrl,
    appId: meta.appId,
    appSecret: meta.appSecret,
    webhook: null,
    timeoutMs: 5_000,
  });
  const connect = makeConnectSender({
    inTenant: (orgId, work) => api.inTenant(orgId, work),
    accounts,
    keys: testTokenKeys,
    newPin: () => '246810',
    clock,
  });
  let numbers = 0;
  const dueAt = async (id: Id): Promise<Temporal.Instant | null> => {
    const { rows } = await server.owner.query<{ due_at: Date | null }>(
      'select due_at from registrations where id = $1',
      [id],
    );
    const due = rows[0]?.due_at ?? null;
    return due === null ? null : Temporal.Instant.fromEpochMilliseconds(due.getTime());
  };

  return {
    server,
    meta,
    twilio,
    worker,
    api,
    accounts,
    clock,
    dueAt,
    clinic: () => createTestClinic(server.owner),
    newNumber: (): PhoneNumber => `+1520555${1_000 + numbers++}` as PhoneNumber, // a mobile number of the plan
    /** Goes through the sign-up and hands over what it tells. */
    async signUp(
      clinic: { id: Id; location: { id: Id } },
      of: { number: string; wabaId: string; phoneNumberId: string },
      change: Partial<SignUp> = {},
    ): Promise<SignUpOutcome> {
      const { phoneNumberId, wabaId } = of;
      const code = meta.signUp(of);
      const from = { orgId: clinic.id, locationId: clinic.location.id, actor: 'api:olga', requestId: 'request-1' };
      return connect({ ...from, code, phoneNumberId, wabaId, pin: null, ...change });
    },
    connect,
    /** Looks once, now. */
    look: (orgId: Id, id: Id) => lookAfter({ orgId, id }),
    /** Lets time pass until it is to be looked at, and looks. */
    async waitAndLook(orgId: Id, id: Id): Promise<void> {
      const due = await dueAt(id);
      if (due === null) throw new Error('nothing is to be looked at');
      if (Temporal.Instant.compare(due, now) > 0) now = due;
      await lookAfter({ orgId, id });
    },
    pass(duration: Temporal.DurationLike) {
      now = now.add(duration);
    },
    async sender(id: Id): Promise<SenderRow> {
      const { rows } = await server.owner.query<SenderRow>('select * from whatsapp_senders where id = $1', [id]);
      if (rows[0] === undefined) throw new Error(`there is no sender ${id}`);
      return rows[0];
    },
    /** Those that are open, or all that ever were. */
    async tasks(orgId: Id, { alsoDone = false } = {}): Promise<string[]> {
      const { rows } = await server.owner.query<{ reason: string }>(
        `select reason from staff_tasks where org_id = $1 and kind = 'registration' and ($2 or resolved_at is null)
         order by created_at, id`,
        [orgId, alsoDone],
      );
      return rows.map(({ reason }) => reason);
    },
    /** A template that its owner has submitted. */
    async submitted(orgId: Id, content: TemplateContent, account: { provider: 'meta' | 'twilio'; account: string }) {
      const id = newId();
      const draft = { id, state: 'draft' as const, orgId };
      const { provider } = account;
      await api.inTenant(orgId, async (tx) => {
        await insertTemplate(tx, { ...content, ...account, id, orgId, now });
        await moveTemplateOn(tx, draft, { event: 'submit', reason: null, now });
        await requestRegistration(tx, { orgId, id, subject: 'whatsapp-template', provider, correlationId: id, now });
      });
      return id;
    },
    /** Its owner takes it out of use, as the route of the api does it. */
    async retire(orgId: Id, id: Id): Promise<void> {
      await api.inTenant(orgId, async (tx) => {
        const template = present(await findTemplate(tx, { orgId, id }), 'the template');
        await moveTemplateOn(tx, { ...template, orgId }, { event: 'retire', reason: retired, now });
        await ringRegistration(tx, { orgId, id, correlationId: id, now });
      });
    },
    ring: (orgId: Id, id: Id) =>
      api.inTenant(orgId, (tx) => ringRegistration(tx, { orgId, id, correlationId: id, now })),
    /** A text to somebody on WhatsApp, next to be looked at in an hour. */
    async text(
      clinic: ClinicDefinition,
      { from = clinic.location.number, state, reason = null, templateId = null }: TextThere,
    ) {
      const { contactId, conversationId, phone } = await createTestPerson(server.owner, clinic);
      const id = newId();
      const asOwner = (sql: string, ...values: unknown[]) =>
        inTenants(server.owner, [clinic.id], (client) => client.query(sql, [clinic.id, id, ...values]));
      await asOwner(
        `insert into outbound_messages (org_id, id, contact_id, conversation_id, channel, from_number, to_number, class, kind, body,
           cause_key, next_attempt_at, template_id, state, reason)
         values ($1, $2::uuid, $3, $4, 'whatsapp', $5, $6, 'reply', 'by-hand', 'Hi', $2::uuid::text, $7, $8, $9, $10)`,
        contactId,
        conversationId,
        from,
        phone,
        new Date(now.add({ hours: 1 }).epochMilliseconds),
        templateId,
        state,
        reason,
      );
      return {
        arrives: () => asOwner("update outbound_messages set state = 'sent' where org_id = $1 and id = $2"),
        isDue: async () =>
          (
            await asOwner(
              'select from outbound_messages where org_id = $1 and id = $2 and next_attempt_at <= $3',
              new Date(now.epochMilliseconds),
            )
          ).rows.length === 1,
      };
    },
    async template(id: Id): Promise<TemplateRow> {
      const { rows } = await server.owner.query<TemplateRow>('select * from message_templates where id = $1', [id]);
      if (rows[0] === undefined) throw new Error(`there is no template ${id}`);
      return rows[0];
    },
    async close() {
      await Promise.all([meta.stop(), twilio.stop()]);
      await server.close();
    },
  };
}
