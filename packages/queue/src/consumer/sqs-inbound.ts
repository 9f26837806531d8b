import type { SQSClient } from '@aws-sdk/client-sqs';
import { newId } from '@frontdesk/kernel';
import { callSqs } from '../call-sqs.ts';
import { queueUrl } from '../queue-url.ts';
import type { Inbound } from './inbound.ts';
import { received } from './read-message.ts';
import { traceReceived } from './receive-span.ts';

const batchSize = 10; // the most that SQS takes at once

export type SqsInboundOptions = {
  sqs: SQSClient;
  queue: string;
  /** How long SQS hides a message from others; renewed at a third of it while the message is in hand. */
  visibilitySeconds?: number | undefined;
  /** The longest wait of one poll. */
  waitSeconds?: number;
};

type Visibility = { receiptHandle: string; seconds: number };

/** The messages of an SQS queue. */
export function sqsInbound({ sqs, queue, visibilitySeconds = 60, waitSeconds = 20 }: SqsInboundOptions): Inbound {
  const hide = async (changes: readonly Visibility[]): Promise<void> => {
    const url = await queueUrl(sqs, queue);
    for (let n = 0; n < changes.length; n += batchSize) {
      const Entries = changes.slice(n, n + batchSize).map(({ receiptHandle, seconds }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }));
      await callSqs(sqs, 'ChangeMessageVisibilityBatch', { QueueUrl: url, Entries });
    }
  };

  return {
    system: 'aws_sqs',
    receive: async (most, signal) => {
      const input = {
        QueueUrl: await queueUrl(sqs, queue),
        MaxNumberOfMessages: Math.min(most, batchSize),
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: visibilitySeconds,
        MessageSystemAttributeNames: [
          'ApproximateReceiveCount' as const,
          'MessageGroupId' as const,
          'SentTimestamp' as const,
        ],
        MessageAttributeNames: ['inboxId', 'traceparent'],
        // A repeat after a lost answer then gets the same messages, not a wait for their visibility.
        ReceiveRequestAttemptId: newId(),
      };
      const { Messages = [] } = await callSqs(sqs, 'ReceiveMessage', input, signal);
      return traceReceived(Messages.map(received), queue);
    },
    remove: async (messages) => {
      await callSqs(sqs, 'DeleteMessageBatch', {
        QueueUrl: await queueUrl(sqs, queue),
        Entries: messages.map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle })),
      });
    },
    // From the last to the first, so that the first is the first again.
    giveBack: (returned) =>
      hide(
        returned.toReversed().map(({ message: { receiptHandle }, delayMs }) => ({
          receiptHandle,
          seconds: Math.ceil(delayMs / 1_000),
        })),
      ),
    keep: {
      everyMs: (visibilitySeconds * 1_000) / 3,
      renew: (messages) => hide(messages.map(({ receiptHandle }) => ({ receiptHandle, seconds: visibilitySeconds }))),
    },
  };
}
