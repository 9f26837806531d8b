import { DeleteMessageBatchCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { failpoint } from '@frontdesk/kernel';
import { holdSome, letGo, type HeldMessage } from '../queues/hold-messages.ts';
import { queueAddress } from '../queues/queue-address.ts';
import type { DeadLetter } from './dead-letter.ts';
import { matches, type DeadLetterFilter } from './filter.ts';
import { killedLetter, type DeadLetterQueue } from './list-killed.ts';
import type { Pace } from './paced.ts';

const mostAtOnce = 10; // that SQS takes

export type RedriveKilledOptions = {
  sqs: SQSClient;
  queue: DeadLetterQueue;
  filter: DeadLetterFilter;
  pace: Pace;
  batchSize?: number;
  /** A batch is sent, noted and deleted within this. After a crash its messages show up again after it. */
  hideSeconds?: number;
  /** Called when the messages lie in their queue again, and before they leave the dead-letter queue. */
  onSent: (letters: readonly DeadLetter[]) => Promise<void>;
};

/**
 * Puts the matching messages of a dead-letter queue back where they came from, batch by batch: sends, then deletes. A crash
 * between the two leaves a message in both places; a repeat then sends it again under the same deduplication id, and what
 * SQS lets through after its five minutes the consumer's inbox knows. Returns those that are back.
 */
export async function redriveKilled(options: RedriveKilledOptions): Promise<DeadLetter[]> {
  const { sqs, queue, filter, pace, onSent, hideSeconds = 60 } = options;
  const inHand = new Set<HeldMessage>();
  const leftAlone = new Set<string>();
  const back: DeadLetter[] = [];
  try {
    while (true) {
      const some = await holdSome(sqs, queue.name, { most: options.batchSize ?? mostAtOnce, seconds: hideSeconds });
      for (const message of some) inHand.add(message);
      // All that come have been seen: in a long redrive what was left alone shows up again.
      if (some.every(({ messageId }) => leftAlone.has(messageId))) return back;
      const wanted = some.filter(
        (message) => !leftAlone.has(message.messageId) && matches(killedLetter(message, queue.source), filter),
      );
      for (const message of some) if (!wanted.includes(message)) leftAlone.add(message.messageId);
      if (wanted.length === 0) continue;
      await pace(wanted.length);
      const sent = await send(sqs, queue.source, wanted);
      const letters = sent.map(({ message }) => killedLetter(message, queue.source));
      await onSent(letters);
      failpoint('redrive.before-delete');
      await remove(sqs, queue.name, sent);
      for (const { message, newId } of sent) {
        inHand.delete(message);
        // Should it kill its process once more, it stays for another day.
        leftAlone.add(newId);
      }
      back.push(...letters);
    }
  } finally {
    // What cannot be let go shows up by itself.
    await letGo(sqs, queue.name, [...inHand]).catch(() => {});
  }
}

type Sent = { message: HeldMessage; newId: string };

async function send(sqs: SQSClient, queue: string, messages: readonly HeldMessage[]): Promise<Sent[]> {
  const { Successful = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: await queueAddress(sqs, queue),
      Entries: messages.map(({ messageId, groupId, body, attributes }, n) => ({
        Id: String(n),
        MessageBody: body,
        MessageGroupId: groupId,
        MessageDeduplicationId: `redrive:${messageId}`,
        MessageAttributes: attributes,
      })),
    }),
  );
  const newIds = new Map(Successful.map(({ Id, MessageId }) => [Id, MessageId]));
  return messages.flatMap((message, n) => {
    const newId = newIds.get(String(n));
    return newId === undefined ? [] : [{ message, newId }];
  });
}

/** What cannot be deleted comes up again and is sent again under the same deduplication id. */
async function remove(sqs: SQSClient, queue: string, sent: readonly Sent[]): Promise<void> {
  if (sent.length === 0) return;
  await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: await queueAddress(sqs, queue),
      Entries: sent.map(({ message: { receiptHandle } }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle })),
    }),
  );
}
