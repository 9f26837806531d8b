import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { TextRequestedV1, type Envelope } from '@frontdesk/contracts';
import type { OperatorDatabase } from '@frontdesk/db';
import { newId, nullLogger, systemClock, type Id } from '@frontdesk/kernel';
import { allQueues } from '@frontdesk/operations';
import { createConsumer, on, queueUrl, sqsInbound } from '@frontdesk/queue';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
  until,
  sendToQueue,
} from '@frontdesk/testkit';

/** A clinic with its queues, a way to fill them with dead letters, and a service that counts what it handles. */
export type DeadLetterScene = {
  orgId: Id;
  postgres: TestDatabase;
  queues: TestQueues;
  operators: OperatorDatabase;
  /** Puts a message into the dead-letter queue of messaging. Returns SQS's id of it. */
  kill(event: Envelope | string, group?: string, inboxId?: string): Promise<string>;
  /** Writes a row of a refused message. Returns its id. */
  park(
    event: Envelope | string,
    change?: { reason?: string; queue?: string; parkedAt?: Temporal.Instant },
  ): Promise<Id>;
  /** Runs messaging's consumer until its queue is empty, and says how often each of these events took effect. */
  handledTimes(events: readonly Envelope[]): Promise<number[]>;
  /** Takes away every dead letter and everything in the queues. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

export async function setDeadLetterScene(): Promise<DeadLetterScene> {
  const postgres = await createTestDatabase();
  const queues = await createTestQueues();
  const { id: orgId } = await createTestClinic(postgres.owner);
  await postgres.owner.query(`
    create table effects (event_id uuid not null);
    grant insert on effects to frontdesk_messaging_worker`);
  const service = postgres.as('frontdesk_messaging_worker');
  return {
    orgId,
    postgres,
    queues,
    operators: postgres.asOperator(),

    async kill(event, group = newId(), inboxId) {
      const body = typeof event === 'string' ? event : JSON.stringify(event);
      return sendToQueue(queues.sqs, 'messaging-dlq.fifo', body, { group, inboxId });
    },

    async park(event, { reason = 'permanent: no', queue = 'messaging.fifo', parkedAt = systemClock() } = {}) {
      const id = newId();
      const envelope = typeof event === 'string' ? null : event;
      await postgres.owner.query(
        `insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body, parked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          envelope?.orgId ?? null,
          queue,
          newId(),
          envelope?.type ?? null,
          reason,
          envelope === null ? event : JSON.stringify(envelope),
          parkedAt.toString(),
        ],
      );
      return id;
    },

    async handledTimes(events) {
      const count = on(TextRequestedV1, async ({ id }, once) => {
        await once((tx) => tx.$executeRaw`insert into effects (event_id) values (${id}::uuid)`);
      });
      const consumer = createConsumer({
        context: 'messaging',
        inbound: sqsInbound({ sqs: queues.sqs, queue: 'messaging.fifo', waitSeconds: 0 }),
        database: service,
        handlers: [count],
        logger: nullLogger,
        clock: systemClock,
      });
      consumer.start();
      await until('an empty queue', async () => (await queues.depth('messaging.fifo')) === 0);
      await consumer.stop();
      const { rows } = await postgres.owner.query<{ times: number }>(
        `select (select count(*)::int from effects where effects.event_id = wanted.id) as times
         from unnest($1::uuid[]) with ordinality as wanted (id, n) order by n`,
        [events.map(({ id }) => id)],
      );
      return rows.map(({ times }) => times);
    },

    async empty() {
      for (const { name } of allQueues) {
        await queues.sqs.send(new PurgeQueueCommand({ QueueUrl: await queueUrl(queues.sqs, name) }));
      }
      await postgres.owner.query('delete from parked_messages');
    },

    async close() {
      await queues.close();
      await postgres.close();
    },
  };
}
