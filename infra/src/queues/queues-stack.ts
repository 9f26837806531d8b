import { contexts, maxReceiveCount, queueAttributes, type ContextName } from '@frontdesk/contracts';
import { Duration, Stack, type App } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  RedrivePermission,
  type IQueue,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import { encryptionKey } from '../support/encryption-key.ts';
import { makeStack } from '../support/stack.ts';

type QueuePair = { readonly queue: IQueue; readonly deadLetterQueue: IQueue };
export type Queues = {
  readonly of: Readonly<Record<ContextName, QueuePair>>;
  /** Encrypts what lies in them. */
  readonly key: IKey;
};

/** Every queue of the contracts and its dead-letter queue, as the contracts say that queues are made. */
export function queuesStack(app: App, environment: Environment): Queues {
  const stack = makeStack(app, environment, 'queues', 'Queues between the services, and their dead-letter queues');
  const key = encryptionKey(stack, 'Key', { description: 'Messages of Frontdesk' });
  const pairs = Object.entries(contexts).map(([context, names]) => [context, queuePair(stack, names, key)] as const);
  return { of: Object.fromEntries(pairs) as Queues['of'], key }; // one entry per context
}

function queuePair(scope: Construct, { queue, deadLetterQueue }: (typeof contexts)[ContextName], key: IKey): QueuePair {
  const dead = new Queue(scope, deadLetterQueue, {
    ...asContracted(key),
    queueName: deadLetterQueue,
    // By its name, since the queue itself refers to this one.
    redriveAllowPolicy: {
      redrivePermission: RedrivePermission.BY_QUEUE,
      sourceQueues: [Queue.fromQueueArn(scope, `${queue}-by-name`, arnOf(scope, queue))],
    },
  });
  const live = new Queue(scope, queue, {
    ...asContracted(key),
    queueName: queue,
    deadLetterQueue: { queue: dead, maxReceiveCount },
  });
  return { queue: live, deadLetterQueue: dead };
}

const arnOf = (scope: Construct, queue: string) => Stack.of(scope).formatArn({ service: 'sqs', resource: queue });

const scopes = { messageGroup: DeduplicationScope.MESSAGE_GROUP, queue: DeduplicationScope.QUEUE };
const limits = {
  perMessageGroupId: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  perQueue: FifoThroughputLimit.PER_QUEUE,
};

function asContracted(encryptionMasterKey: IKey): QueueProps {
  return {
    fifo: queueAttributes.FifoQueue === 'true',
    deduplicationScope: scopes[queueAttributes.DeduplicationScope],
    fifoThroughputLimit: limits[queueAttributes.FifoThroughputLimit],
    visibilityTimeout: Duration.seconds(Number(queueAttributes.VisibilityTimeout)),
    retentionPeriod: Duration.seconds(Number(queueAttributes.MessageRetentionPeriod)),
    encryption: QueueEncryption.KMS,
    encryptionMasterKey,
    enforceSSL: true,
  };
}
