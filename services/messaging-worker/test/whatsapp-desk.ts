import { DeliveryReportedV1, TextRequestedV1, type DataOf } from '@frontdesk/contracts';
import { inTenants } from '@frontdesk/db';
import { newId, present, sealToken, type Id } from '@frontdesk/kernel';
import { localWhatsApp, seedWhatsApp } from '@frontdesk/local-stack';
import { recordMarketingConsent, requestText, type TextRequest } from '@frontdesk/messaging/postgres';
import { startMetaSimulator } from '@frontdesk/simulators';
import { testTokenKeys, until, type TestPerson } from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { letTextsLeave } from '../src/registrations/whatsapp-sender.ts';
import { openDesk } from './desk.ts';

export type WhatsAppDesk = Awaited<ReturnType<typeof openWhatsAppDesk>>;

type Report = Partial<Pick<DataOf<typeof DeliveryReportedV1>, 'status' | 'errorCode'>>;

/** A worker that runs, and a clinic with a number on both channels. */
export async function openWhatsAppDesk() {
  const desk = await openDesk();
  const { server, clinic } = desk;
  const { templates, ...account } = localWhatsApp(clinic);
  const meta = await startMetaSimulator({
    accounts: [
      {
        ...account,
        numbers: [{ phoneNumberId: account.phoneNumberId, number: clinic.location.number }],
        templates: templates.map(({ externalId, choices, ...template }) => ({
          ...template,
          id: externalId,
          category: template.category.toUpperCase(),
          buttons: choices.map(({ title }) => title),
        })),
      },
    ],
  });
  meta.planReceipts({ never: true });
  await inTenants(server.owner, [clinic.id], async (client) => {
    await seedWhatsApp(client, clinic, testTokenKeys);
    await client.query(
      `insert into registrations (org_id, id, subject, provider, created_at)
       select org_id, id, 'whatsapp-template', provider, created_at from message_templates where org_id = $1`,
      [clinic.id],
    );
  });
  const worker = compose(
    await loadConfig({
      ...desk.environment,
      META_GRAPH_URL: meta.graphUrl,
      TOKEN_KEYS: [...testTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(','),
    }),
  );
  await worker.start();
  const database = server.as('frontdesk_messaging_worker');
  const ingress = server.as('frontdesk_webhook_ingress');
  const conversation = server.as('frontdesk_conversation_worker');
  const one = async <Row extends object>(sql: string, values: unknown[]) =>
    (await server.owner.query<Row>(sql, values)).rows[0];
  const attempts = async (messageId: Id) =>
    (
      await server.owner.query<{
        id: Id;
        outcome: string | null;
        error_code: string | null;
        provider_message_id: string;
      }>(
        'select id, outcome, error_code, provider_message_id from send_attempts where message_id = $1 order by number',
        [messageId],
      )
    ).rows;

  return {
    ...desk,
    meta,
    attempts,
    database,
    /** Somebody whose newest text came by WhatsApp. */
    async person({ wroteMinutesAgo }: { wroteMinutesAgo: number }): Promise<TestPerson> {
      const person = await desk.person();
      const at = new Date(Date.now() - wroteMinutesAgo * 60_000);
      await ingress.inTenant(clinic.id, async (tx) => {
        await tx.$executeRaw`update conversations set channel = 'whatsapp', last_inbound_at = ${at}
          where org_id = ${clinic.id}::uuid and id = ${person.conversationId}::uuid`;
        await tx.$executeRaw`insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body,
            digest, provider, provider_message_id, received_at)
          values (${clinic.id}::uuid, ${newId()}::uuid, ${person.conversationId}::uuid, 'whatsapp', ${person.phone},
            ${clinic.location.number}, 'Hi', ${Buffer.from('Hi')}, 'meta', ${newId()}, ${at})`;
      });
      if (wroteMinutesAgo < 24 * 60) meta.openWindow(clinic.location.number, person.phone);
      else meta.closeWindow(clinic.location.number, person.phone);
      return person;
    },
    async request(person: TestPerson, change: Partial<TextRequest> = {}): Promise<Id> {
      const id = await conversation.inTenant(clinic.id, (tx) =>
        requestText(tx, {
          orgId: clinic.id,
          recipient: person,
          from: clinic.location.number,
          to: person.phone,
          class: 'reply',
          kind: 'answer',
          body: 'See you at 3',
          causeKey: newId(),
          correlationId: person.conversationId,
          causationId: null,
          now: Temporal.Now.instant(),
          ...change,
        }),
      );
      return present(id, 'the text');
    },
    /** Two texts of one number, each on its channel, that have been due for years and that nobody brings. */
    async leaveInLine(person: TestPerson): Promise<Id[]> {
      const ids = [newId(), newId()];
      await inTenants(server.owner, [clinic.id], (client) =>
        client.query(
          `insert into outbound_messages (org_id, id, contact_id, conversation_id, channel, from_number, to_number, class, kind,
             body, cause_key, next_attempt_at, created_at)
           select $1, id, $3, $4, channel, $5, $6, 'reply', 'answer', 'Hi', id::text, '2000-01-01', '2000-01-01'
           from unnest($2::uuid[], array['sms', 'whatsapp']) as t (id, channel)`,
          [clinic.id, ids, person.contactId, person.conversationId, clinic.location.number, person.phone],
        ),
      );
      return ids;
    },
    /** What Meta took for somebody, once it is so much. */
    async received({ phone }: TestPerson, atLeast: number) {
      const taken = () => meta.accepted.filter(({ to }) => to === phone);
      await until('Meta took it', async () => taken().length >= atLeast);
      return taken();
    },
    text: (id: Id) =>
      one<{
        state: string;
        reason: string | null;
        body: string;
        channel: string;
        segments: number | null;
        template_id: Id | null;
      }>('select * from outbound_messages where id = $1', [id]),
    /** A receipt of the newest try, or of an earlier one. */
    async report(messageId: Id, { status = 'delivered', errorCode = null }: Report, number?: number): Promise<void> {
      const tries = await attempts(messageId);
      const attempt = present(tries.at(number ?? -1), 'the try');
      const providerMessageId = attempt.provider_message_id ?? `wamid.${attempt.id}`;
      await desk.announce(DeliveryReportedV1, {
        webhookEventId: newId(),
        provider: 'meta',
        attemptId: attempt.id,
        providerMessageId,
        status,
        errorCode,
      });
    },
    /** What has no room for a while, since a carrier wanted a pause. */
    async pauses(): Promise<string[]> {
      const { rows } = await server.owner.query<{ key: string }>(
        "select key from send_room where free_at > now() + interval '5 seconds'",
      );
      return rows.map(({ key }) => key);
    },
    endPauses: () => server.owner.query('delete from send_room'),
    /** How often somebody rang for a template. */
    async rings(): Promise<number> {
      const row = await one<{ rings: number }>(
        "select coalesce(sum(rung), 0)::int as rings from registrations where org_id = $1 and subject = 'whatsapp-template'",
        [clinic.id],
      );
      return row?.rings ?? 0;
    },
    setSender: (state: 'online' | 'failed') =>
      inTenants(server.owner, [clinic.id], (client) =>
        client.query('update whatsapp_senders set state = $2 where org_id = $1', [clinic.id, state]),
      ),
    /** The clinic's templates are retired by a transaction that commits once somebody waits for it. */
    async whileTemplatesAreRetired(meanwhile: () => Promise<void>): Promise<void> {
      await inTenants(server.owner, [clinic.id], async (client) => {
        await client.query("update message_templates set state = 'disabled' where org_id = $1 and state = 'approved'", [
          clinic.id,
        ]);
        await meanwhile();
        await until('somebody waits for a template', async () => {
          const { rows } = await server.owner.query(
            "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%message_templates%for share%'",
          );
          return rows.length > 0;
        });
      });
    },
    templatesComeBack: () =>
      inTenants(server.owner, [clinic.id], (client) =>
        client.query("update message_templates set state = 'approved' where org_id = $1 and state = 'disabled'", [
          clinic.id,
        ]),
      ),
    /** As a look at the sender does it. */
    async lookAtSender(): Promise<void> {
      const sender = present(
        await one<{ id: Id }>('select id from whatsapp_senders where org_id = $1', [clinic.id]),
        'it',
      );
      await database.inTenant(clinic.id, (tx) =>
        letTextsLeave(tx, { orgId: clinic.id, id: sender.id, now: Temporal.Now.instant() }),
      );
    },
    /** Brings a text once more that somebody asked for. */
    bring: (messageId: Id) => desk.deliverTimes(1, TextRequestedV1, { messageId, recipientId: newId() }),
    expire: (messageId: Id) =>
      inTenants(server.owner, [clinic.id], (client) =>
        client.query(
          'update outbound_messages set expires_at = now(), next_attempt_at = now() where org_id = $1 and id = $2',
          [clinic.id, messageId],
        ),
      ),
    agreeToMarketing: ({ phone }: TestPerson) =>
      database.inTenant(clinic.id, (tx) =>
        recordMarketingConsent(tx, {
          orgId: clinic.id,
          phone,
          agreed: true,
          source: 'staff',
          wording: 'Yes, text me offers',
          channel: 'web',
          clinicNumber: null,
          inboundMessageId: null,
          recordedBy: 'test',
          at: Temporal.Now.instant(),
        }),
      ),
    async consentChanges({ phone }: TestPerson) {
      const { rows } = await server.owner.query<{ kind: string; source: string; channel: string }>(
        'select kind, source, channel from consent_events where phone = $1 order by occurred_at, id',
        [phone],
      );
      return rows;
    },
    setToken(token: string) {
      const { sealed, keyId } = sealToken(token, clinic.id, testTokenKeys);
      return inTenants(server.owner, [clinic.id], (client) =>
        client.query('update whatsapp_senders set token = $2, token_key_id = $3 where org_id = $1', [
          clinic.id,
          sealed,
          keyId,
        ]),
      );
    },
    async close() {
      await worker.stop();
      await Promise.all([meta.stop(), desk.close()]);
    },
  };
}
