import type { SQSClient } from '@aws-sdk/client-sqs';
import { newId } from '@frontdesk/kernel';
import { callSqs } from '../call-sqs.ts';
import { queueUrl } from '../queue-url.ts';
import { received, type Received } from './read-message.ts';

const batchSize = 10; // the most that SQS takes at once

export type Visibility = { receiptHandle: string; seconds: number };

/** The calls that a consumer makes to its queue. */
export function sqsInbound(sqs: SQSClient, queue: string) {
  return {
    receive: async (
      most: number,
      options: { visibilitySeconds: number; waitSeconds: number; signal: AbortSignal },
    ): Promise<Received[]> => {
      const input = {
        QueueUrl: await queueUrl(sqs, queue),
        MaxNumberOfMessages: Math.min(most, batchSize),
        WaitTimeSeconds: options.waitSeconds,
        VisibilityTimeout: options.visibilitySeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount' as const, 'MessageGroupId' as const],
        MessageAttributeNames: ['inboxId'],
        // A repeat after a lost answer then gets the same messages, not a wait for their visibility.
        ReceiveRequestAttemptId: newId(),
      };
      const { Messages = [] } = await callSqs(sqs, 'ReceiveMessage', input, options.signal);
      return Messages.map(received);
    },

    /** Removes finished messages. What fails comes again, and the inbox knows it. */
    remove: async (messages: readonly Received[]): Promise<void> => {
      await callSqs(sqs, 'DeleteMessageBatch', {
        QueueUrl: await queueUrl(sqs, queue),
        Entries: messages.map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle })),
      });
    },

    /** Hides messages for so many more seconds; 0 shows them to others at once. */
    hide: async (changes: readonly Visibility[]): Promise<void> => {
      const url = await queueUrl(sqs, queue);
      for (let n = 0; n < changes.length; n += batchSize) {
        const Entries = changes.slice(n, n + batchSize).map(({ receiptHandle, seconds }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }));
        await callSqs(sqs, 'ChangeMessageVisibilityBatch', { QueueUrl: url, Entries });
      }
    },
  };
}
