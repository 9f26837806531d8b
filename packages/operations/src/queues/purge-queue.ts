import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { OperatorDatabase } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import { auditAct } from '../postgres/audit-operators.ts';
import type { Queue } from './all-queues.ts';
import { measureQueue, type QueueDepth } from './measure-queues.ts';
import { queueAddress } from './queue-address.ts';

/**
 * Throws away every message of the queue, for ever, and says so in the audit of each clinic beforehand. Returns what lay in
 * it. SQS takes up to a minute, and does it at most once in a minute.
 */
export async function purgeQueue({
  sqs,
  database,
  queue,
  operator,
  clock,
}: {
  sqs: SQSClient;
  database: OperatorDatabase;
  queue: Queue;
  operator: string;
  clock: Clock;
}): Promise<QueueDepth> {
  const QueueUrl = await queueAddress(sqs, queue.name);
  const depth = await measureQueue(sqs, queue);
  await database.inTransaction((tx) =>
    auditAct(tx, {
      orgId: null,
      operator,
      action: 'queue.purged',
      subject: { type: 'queue', id: queue.name },
      at: clock(),
      details: { messages: depth.visible + depth.inFlight + depth.delayed },
    }),
  );
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  return depth;
}
