import type { Envelope } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
  sendToQueue,
} from '@frontdesk/testkit';
import type { Variables } from './run-frontdesk.ts';

/** A clinic, its database and its queues, as a place that the environment names. */
export type QueueScene = {
  orgId: Id;
  postgres: TestDatabase;
  queues: TestQueues;
  /** What the environment holds to reach it. */
  given: Variables;
  /** Puts a message into a queue. Returns SQS's id of it. */
  send(queue: string, event: Envelope): Promise<string>;
  /** Writes a row of a refused message. Returns its id. */
  park(event: Envelope, reason?: string): Promise<Id>;
  close(): Promise<void>;
};

export async function setQueueScene(): Promise<QueueScene> {
  const [postgres, queues] = await Promise.all([createTestDatabase(), createTestQueues()]);
  const { id: orgId } = await createTestClinic(postgres.owner);
  return {
    orgId,
    postgres,
    queues,
    given: {
      DATABASE_OPERATOR_URL: postgres.operatorUrl,
      AWS_ENDPOINT_URL: queues.endpoint,
      FRONTDESK_ENV: 'local',
      FRONTDESK_OPERATOR: 'ada',
    },

    send: (queue, event) => sendToQueue(queues.sqs, queue, JSON.stringify(event)),

    async park(event, reason = 'not-found: no such text') {
      const id = newId();
      await postgres.owner.query(
        `insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body)
         values ($1, $2, 'messaging.fifo', $3, $4, $5, $6)`,
        [id, event.orgId, newId(), event.type, reason, JSON.stringify(event)],
      );
      return id;
    },

    async close() {
      await queues.close();
      await postgres.close();
    },
  };
}
