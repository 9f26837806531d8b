import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createSqs, ensureQueues, queueUrl } from '@frontdesk/queue';
import { startFauxqs, type FauxqsServer } from 'fauxqs';

/** An SQS of one test file, with the queues of the contracts. */
export type TestQueues = {
  endpoint: string;
  sqs: SQSClient;
  /** The emulator itself, to look into queues and to send what no service would. */
  server: FauxqsServer;
  /** Messages in the queue, waiting or in hand. */
  depth(queue: string): Promise<number>;
  close(): Promise<void>;
};

/** Starts an SQS emulator in this process. Close it when the file is done. */
export async function createTestQueues(): Promise<TestQueues> {
  const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const sqs = createSqs({ endpoint, region: 'us-east-1' });
  await ensureQueues(sqs);
  return {
    endpoint,
    sqs,
    server,
    async depth(queue) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: await queueUrl(sqs, queue), AttributeNames: ['All'] }),
      );
      return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
    },
    async close() {
      sqs.destroy();
      await server.stop();
    },
  };
}
