import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { TextRequestedV1, type Envelope } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
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

    async send(queue, event) {
      const { MessageId } = await queues.sqs.send(
        new SendMessageCommand({
          QueueUrl: await queueUrl(queues.sqs, queue),
          MessageBody: JSON.stringify(event),
          MessageGroupId: newId(),
          MessageDeduplicationId: newId(),
        }),
      );
      return String(MessageId);
    },

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

/** A valid event for messaging. */
export function textRequested(orgId: Id, change: Partial<Envelope> = {}): Envelope {
  return {
    id: newId(),
    type: TextRequestedV1.type,
    orgId,
    occurredAt: '2026-11-20T10:00:00Z',
    correlationId: newId(),
    causationId: null,
    traceparent: null,
    data: { messageId: newId(), recipientId: newId() },
    ...change,
  };
}
