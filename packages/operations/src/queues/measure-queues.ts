import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { allQueues, type Queue } from './all-queues.ts';
import { queueAddress } from './queue-address.ts';

/** How much lies in a queue; SQS calls its own numbers approximate. */
export type QueueDepth = {
  queue: string;
  kind: Queue['kind'];
  /** Waiting to be taken. */
  visible: number;
  /** In somebody's hands, or hidden until a try is repeated. */
  inFlight: number;
  delayed: number;
};

export function measureQueues(sqs: SQSClient): Promise<QueueDepth[]> {
  return Promise.all(allQueues.map((queue) => measureQueue(sqs, queue)));
}

export async function measureQueue(sqs: SQSClient, { name, kind }: Pick<Queue, 'name' | 'kind'>): Promise<QueueDepth> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await queueAddress(sqs, name), AttributeNames: ['All'] }),
  );
  return {
    queue: name,
    kind,
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}
