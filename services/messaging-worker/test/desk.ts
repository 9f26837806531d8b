import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contexts, type EventDefinition } from '@frontdesk/contracts';
import { appendEvent, inTenants, outboxRow, type Database, type DatabaseRole } from '@frontdesk/db';
import { newId, nullLogger, type Id } from '@frontdesk/kernel';
import { requestText } from '@frontdesk/messaging/postgres';
import { createRelay } from '@frontdesk/queue';
import { startTelnyxSimulator } from '@frontdesk/simulators';
import {
  createTestClinic,
  createTestDatabase,
  createTestPerson,
  createTestQueues,
  type TestPerson,
} from '@frontdesk/testkit';
import { compose, type Switches } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Short times, and sweeps that never come: what the tests see is the work of queue and alarms. */
const settings = {
  FRONTDESK_ENV: 'test',
  PORT: '0',
  LOG_LEVEL: 'silent',
  TELNYX_API_KEY: 'KEY-test',
  PUBLIC_WEBHOOK_URL: 'http://127.0.0.1:9',
  SEND_TIMEOUT_MS: '400',
  SEND_RETRY_BASE_MS: '100',
  SEND_RETRY_CAP_MS: '400',
  UNKNOWN_AFTER_MS: '600000',
  SWEEP_EVERY_MS: '600000',
};

/** A clinic with everything around the worker: database, queue, carrier, and the outboxes of its neighbours. */
export async function openDesk() {
  const [server, queues, carrier] = await Promise.all([
    createTestDatabase(),
    createTestQueues(),
    startTelnyxSimulator({ apiKey: settings.TELNYX_API_KEY }),
  ]);
  carrier.planReceipts({ never: true });
  const clinic = await createTestClinic(server.owner);
  const relayPool = server.poolAs('frontdesk_relay');
  const neighbour = (producer: 'conversation-worker' | 'webhook-ingress', role: DatabaseRole) => {
    const relay = createRelay({ pool: relayPool, producer, sqs: queues.sqs, logger: nullLogger, pollMs: 50 });
    relay.start();
    return { database: server.as(role), relay };
  };
  const conversation = neighbour('conversation-worker', 'frontdesk_conversation_worker');
  const ingress = neighbour('webhook-ingress', 'frontdesk_webhook_ingress');
  const mediaFolder = await mkdtemp(join(tmpdir(), 'frontdesk-media-'));
  const environment = {
    ...settings,
    DATABASE_URL: server.appUrl,
    AWS_ENDPOINT_URL: queues.endpoint,
    TELNYX_BASE_URL: carrier.apiUrl,
    MEDIA_FOLDER: mediaFolder,
  };

  const event = <Data>(definition: EventDefinition<string, Data>, data: Data) => {
    const occurredAt = Temporal.Now.instant();
    return { definition, orgId: clinic.id, data, occurredAt, correlationId: newId(), causationId: null };
  };

  return {
    server,
    queues,
    carrier,
    clinic,
    environment,
    mediaFolder,
    person: () => createTestPerson(server.owner, clinic),
    /** Runs the worker while `during` goes on. */
    async withWorker(during: () => Promise<unknown>, change: Record<string, string> = {}, switches: Switches = {}) {
      const worker = compose(await loadConfig({ ...environment, ...change }), switches);
      await worker.start();
      try {
        await during();
      } finally {
        await worker.stop();
      }
    },
    /** Asks for texts in one transaction, as the conversation does. */
    async request(person: TestPerson, ...bodies: string[]): Promise<Id[]> {
      const ids = await conversation.database.inTenant(clinic.id, (tx) => requestTexts(tx, clinic, person, bodies));
      conversation.relay.poke();
      return ids;
    },
    /** Has ingress announce something. */
    async announce<Data>(definition: EventDefinition<string, Data>, data: Data): Promise<void> {
      await ingress.database.inTenant(clinic.id, (tx) => appendEvent(tx, event(definition, data)));
      ingress.relay.poke();
    },
    /** Puts the same event on the queue several times, as a relay that crashed or a replay would. */
    deliverTimes<Data>(times: number, definition: EventDefinition<string, Data>, data: Data): void {
      const { queue, groupId, envelope } = outboxRow(event(definition, data));
      for (let n = 0; n < times; n++) {
        const ids = { messageGroupId: groupId, messageDeduplicationId: newId() };
        queues.server.sendMessage(queue, JSON.stringify(envelope), ids);
      }
    },
    async text(id: Id): Promise<{ state: string; attempts: number; reason: string | null } | undefined> {
      const { rows } = await server.owner.query('select state, attempts, reason from outbound_messages where id = $1', [
        id,
      ]);
      return rows[0] as { state: string; attempts: number; reason: string | null } | undefined; // the selected columns
    },
    async attemptOf(messageId: Id): Promise<Id> {
      const { rows } = await server.owner.query<{ id: Id }>('select id from send_attempts where message_id = $1', [
        messageId,
      ]);
      return String(rows[0]?.id);
    },
    async tasksOf(messageId: Id): Promise<{ kind: string; resolved: boolean }[]> {
      const { rows } = await server.owner.query<{ kind: string; resolved: boolean }>(
        'select kind, resolved_at is not null as resolved from staff_tasks where message_id = $1',
        [messageId],
      );
      return rows;
    },
    async parked(): Promise<string[]> {
      const { rows } = await server.owner.query<{ reason: string }>('select reason from parked_messages');
      return rows.map(({ reason }) => reason);
    },
    optOut: (phone: string) =>
      ingress.database.inTenant(
        clinic.id,
        (tx) => tx.$executeRaw`
          insert into opt_outs (org_id, phone, opted_out_at) values (${clinic.id}::uuid, ${phone}, now())`,
      ),
    /** Erases a person, as an operator does. */
    erase: (phone: string) =>
      inTenants(server.owner, [clinic.id], (client) =>
        client.query("select erase_person($1, $2, 'operator:kim', now(), false, 0, now() - interval '1 hour')", [
          clinic.id,
          phone,
        ]),
      ),
    /** The words that the carrier took for a person, without what the first text to everybody says besides. */
    received: (person: TestPerson) =>
      carrier.accepted
        .filter(({ to }) => to === person.phone)
        .map(({ text }) => text.replace(/^Radiance Medspa: (.*?)\.? Reply STOP to opt out\.$/, '$1')),
    queueIsEmpty: async () => (await queues.depth(contexts.messaging.queue)) === 0,
    async close() {
      await Promise.all([conversation.relay.stop(), ingress.relay.stop()]);
      await Promise.all([queues.close(), carrier.stop(), server.close(), rm(mediaFolder, { recursive: true })]);
    },
  };
}

async function requestTexts(
  tx: Parameters<Parameters<Database['inTenant']>[1]>[0],
  clinic: { id: Id; location: { number: string } },
  person: TestPerson,
  bodies: readonly string[],
): Promise<Id[]> {
  const ids: Id[] = [];
  for (const body of bodies) {
    const id = await requestText(tx, {
      orgId: clinic.id,
      recipient: person,
      from: clinic.location.number,
      to: person.phone,
      class: 'reply',
      kind: 'answer',
      body,
      causeKey: newId(),
      correlationId: person.conversationId,
      causationId: null,
      now: Temporal.Now.instant(),
    });
    ids.push(String(id));
  }
  return ids;
}
