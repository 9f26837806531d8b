import { fork } from 'node:child_process';
import { once } from 'node:events';
import { GetQueueAttributesCommand, PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createSqs, ensureQueues, queueUrl } from '@frontdesk/queue';

export const queueName = 'messaging.fifo';

export type QueueProcess = {
  sqs: SQSClient;
  purge(): Promise<void>;
  depth(): Promise<number>;
  stop(): Promise<void>;
};

export async function startQueueProcess(): Promise<QueueProcess> {
  const child = fork(new URL('./queue-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]; // what queue-process.ts sends
  const sqs = createSqs({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' });
  await ensureQueues(sqs);
  const url = await queueUrl(sqs, queueName);
  return {
    sqs,
    async purge() {
      await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    },
    async depth() {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      return Number(Attributes?.['ApproximateNumberOfMessages']);
    },
    async stop() {
      sqs.destroy();
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
