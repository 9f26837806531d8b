import { DeleteMessageBatchCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { failpoint } from '@frontdesk/kernel';
import { holdSome, letGo, type HeldMessage } from '../queues/hold-messages.ts';
import { queueAddress } from '../queues/queue-address.ts';
import type { DeadLetter } from './dead-letter.ts';
import { matches, type DeadLetterFilter } from './filter.ts';
import { killedLetter, type DeadLetterQueue } from './list-killed.ts';
import type { Pace } from './paced.ts';

/** A batch is sent, noted and deleted well within this. */
const hideSeconds = 60;
const batchSize = 10; // the most that SQS takes at once

export type RedriveKilledOptions = {
  sqs: SQSClient;
  queue: DeadLetterQueue;
  filter: DeadLetterFilter;
  pace: Pace;
  batchSize?: number;
  /** Called when the messages lie in their queue again, and before they leave the dead-letter queue. */
  onSent: (letters: readonly DeadLetter[]) => Promise<void>;
};

/**
 * Puts the matching messages of a dead-letter queue back where they came from, batch by batch: sends, then deletes. A crash
 * between the two leaves a message in both places; a repeat then sends it again under the same deduplication id, and what
 * SQS lets through after its five minutes the consumer's inbox knows. Returns those that are back.
 */
export async function redriveKilled(options: RedriveKilledOptions): Promise<DeadLetter[]> {
  const { sqs, queue, filter, pace, onSent } = options;
  const left: HeldMessage[] = [];
  const back: DeadLetter[] = [];
  const sentIds = new Set<string>();
  try {
    while (true) {
      const some = await holdSome(sqs, queue.name, { most: options.batchSize ?? batchSize, seconds: hideSeconds });
      if (some.length === 0) return back;
      // One that was sent a moment ago and has killed its process again stays for another day.
      const wanted = some.filter(
        (message) => !sentIds.has(message.messageId) && matches(killedLetter(message, queue.source), filter),
      );
      left.push(...some.filter((message) => !wanted.includes(message)));
      if (wanted.length === 0) continue;
      await pace(wanted.length);
      const sent = await send(sqs, queue.source, wanted);
      for (const { newId } of sent) sentIds.add(newId);
      const taken = sent.map(({ message }) => message);
      left.push(...wanted.filter((message) => !taken.includes(message)));
      const letters = taken.map((message) => killedLetter(message, queue.source));
      await onSent(letters);
      failpoint('redrive.before-delete');
      await remove(sqs, queue.name, taken);
      back.push(...letters);
    }
  } finally {
    await letGo(sqs, queue.name, left);
  }
}

async function send(sqs: SQSClient, queue: string, messages: readonly HeldMessage[]) {
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
async function remove(sqs: SQSClient, queue: string, messages: readonly HeldMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: await queueAddress(sqs, queue),
      Entries: messages.map(({ receiptHandle }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle })),
    }),
  );
}
