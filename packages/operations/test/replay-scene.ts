import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { KeywordReceivedV1, TextRequestedV1 } from '@frontdesk/contracts';
import { appendEvent, type OperatorDatabase } from '@frontdesk/db';
import { newId, nullLogger, systemClock, type Id } from '@frontdesk/kernel';
import { createConsumer, drainOutbox, on, queueUrl, sqsInbound, type Consumer, type Handler } from '@frontdesk/queue';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
} from '@frontdesk/testkit';

/** A messaging service whose handlers only count, with a history of events that it may have handled. */
export type ReplayScene = {
  postgres: TestDatabase;
  queues: TestQueues;
  operator: OperatorDatabase;
  newClinic(): Promise<Id>;
  /** Publishes one text request per recipient, in this order. Returns the event ids. */
  publishTexts(orgId: Id, recipients: readonly Id[]): Promise<Id[]>;
  publishKeyword(orgId: Id): Promise<Id>;
  /** Publishes what operators have in the outbox, as the command line does. */
  publish(): Promise<number>;
  /** Everything on the queue is gone, as after 14 days. */
  loseMessages(): Promise<void>;
  /** Lets the service handle all that waits. */
  handleAll(): Promise<void>;
  /** The events that took effect, in that order, as often as they did. */
  effects(): Promise<Id[]>;
  close(): Promise<void>;
};

export async function setReplayScene(): Promise<ReplayScene> {
  const postgres = await createTestDatabase();
  const queues = await createTestQueues();
  const database = postgres.as('frontdesk_messaging_worker');
  const operator = postgres.asOperator();
  const relayPool = postgres.poolAs('frontdesk_relay');
  await postgres.owner.query(`
    create table effects (event_id uuid not null, n serial);
    grant insert on effects to frontdesk_messaging_worker;
    grant usage on sequence effects_n_seq to frontdesk_messaging_worker`);
  const recordText = on(TextRequestedV1, ({ id }, once) =>
    once((tx) => tx.$executeRaw`insert into effects (event_id) values (${id}::uuid)`),
  );
  /** Asks for a text, as the answer to a keyword does. */
  const recordKeyword = on(KeywordReceivedV1, ({ id, orgId, data }, once) =>
    once(async (tx) => {
      await tx.$executeRaw`insert into effects (event_id) values (${id}::uuid)`;
      await appendEvent(tx, {
        definition: TextRequestedV1,
        orgId,
        data: { messageId: data.messageId, recipientId: data.contactId },
        occurredAt: systemClock(),
        correlationId: data.contactId,
        causationId: id,
      });
    }),
  );

  const startConsumer = (handlers: readonly Handler[]): Consumer => {
    const consumer = createConsumer({
      context: 'messaging',
      inbound: sqsInbound({ sqs: queues.sqs, queue: 'messaging.fifo', visibilitySeconds: 60, waitSeconds: 1 }),
      database,
      handlers,
      logger: nullLogger,
      clock: systemClock,
    });
    consumer.start();
    return consumer;
  };
  const publishOwn = () => drainOutbox({ pool: relayPool, producer: 'messaging-worker', sqs: queues.sqs });

  return {
    postgres,
    queues,
    operator,
    newClinic: async () => (await createTestClinic(postgres.owner)).id,
    async publishTexts(orgId, recipients) {
      const ids: Id[] = [];
      for (const recipientId of recipients) {
        const event = { definition: TextRequestedV1, orgId, occurredAt: systemClock(), causationId: null };
        const data = { messageId: newId(), recipientId };
        ids.push(
          await database.inTenant(orgId, (tx) => appendEvent(tx, { ...event, data, correlationId: recipientId })),
        );
      }
      await publishOwn();
      return ids;
    },
    async publishKeyword(orgId) {
      const contactId = newId();
      const data = { messageId: newId(), contactId, keyword: 'help' as const, answeredByCarrier: false };
      const event = { definition: KeywordReceivedV1, orgId, occurredAt: systemClock(), causationId: null };
      const id = await database.inTenant(orgId, (tx) => appendEvent(tx, { ...event, data, correlationId: contactId }));
      await publishOwn();
      return id;
    },
    publish: () => drainOutbox({ pool: operator.pool, producer: 'operations', sqs: queues.sqs }),
    async loseMessages() {
      await queues.sqs.send(new PurgeQueueCommand({ QueueUrl: await queueUrl(queues.sqs, 'messaging.fifo') }));
    },
    async handleAll() {
      const consumer = startConsumer([recordText, recordKeyword]);
      while ((await queues.depth('messaging.fifo')) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await consumer.stop();
    },
    async effects() {
      const { rows } = await postgres.owner.query<{ event_id: Id }>('select event_id from effects order by n');
      return rows.map(({ event_id: id }) => id);
    },
    async close() {
      await queues.close();
      await postgres.close();
    },
  };
}
