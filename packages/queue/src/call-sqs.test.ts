import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { callSqs } from './call-sqs.ts';
import { createSqs } from './sqs.ts';

test.each([
  ['says nothing', ''],
  ['stalls in the middle of its answer', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{'],
])(
  'a call to an SQS that %s ends',
  async (_, answer) => {
    const silent = createServer((connection) => {
      connection.on('error', () => {}).on('data', () => connection.write(answer));
    });
    await new Promise<void>((resolve) => void silent.listen(0, resolve));
    const { port } = silent.address() as AddressInfo;
    const sqs = createSqs({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' });
    try {
      const call = callSqs(sqs, 'DeleteMessageBatch', { QueueUrl: 'http://127.0.0.1/q.fifo', Entries: [] });
      await expect(call).rejects.toThrow('SQS did not answer DeleteMessageBatch in time');
    } finally {
      sqs.destroy();
      silent.close();
    }
  },
  15_000,
);
