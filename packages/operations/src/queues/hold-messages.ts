import {
  ChangeMessageVisibilityBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { queueAddress } from './queue-address.ts';

const batchSize = 10; // the most that SQS takes at once

/** A message as it lies in a queue. */
export type HeldMessage = {
  messageId: string;
  receiptHandle: string;
  groupId: string;
  sentAt: Temporal.Instant;
  /** How often SQS has handed it out, this time included. */
  receives: number;
  body: string;
  attributes: NonNullable<Message['MessageAttributes']>;
};

/** Receives up to `most` messages and hides them for `seconds`. None means that no visible ones are left. */
export async function holdSome(
  sqs: SQSClient,
  queue: string,
  { most, seconds }: { most: number; seconds: number },
): Promise<HeldMessage[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: await queueAddress(sqs, queue),
      MaxNumberOfMessages: Math.min(most, batchSize),
      VisibilityTimeout: seconds,
      WaitTimeSeconds: await secondsToAskEverybody(sqs),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(held);
}

/** Without a wait SQS asks only some of its servers. An endpoint without TLS is never AWS but one emulator. */
async function secondsToAskEverybody(sqs: SQSClient): Promise<number> {
  const endpoint = await sqs.config.endpoint?.();
  return endpoint?.protocol === 'http:' ? 0 : 1;
}

/** Holds messages until there are `most` or no visible ones are left. */
export async function holdAll(
  sqs: SQSClient,
  queue: string,
  { most, seconds }: { most: number; seconds: number },
): Promise<HeldMessage[]> {
  const all: HeldMessage[] = [];
  while (all.length < most) {
    const some = await holdSome(sqs, queue, { most: most - all.length, seconds });
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}

/**
 * Shows the messages to everybody again, at once; from the last to the first, so that the first is the first again. One whose
 * time has run out is visible already.
 */
export async function letGo(sqs: SQSClient, queue: string, messages: readonly HeldMessage[]): Promise<void> {
  const url = await queueAddress(sqs, queue);
  const lastFirst = messages.toReversed();
  for (let n = 0; n < lastFirst.length; n += batchSize) {
    const Entries = lastFirst.slice(n, n + batchSize).map(({ receiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
  }
}

function held({ MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} }: Message) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    groupId: Attributes.MessageGroupId ?? MessageId,
    sentAt: Temporal.Instant.fromEpochMilliseconds(Number(Attributes.SentTimestamp ?? 0)),
    receives: Number(Attributes.ApproximateReceiveCount ?? 1),
    body: Body,
    attributes: MessageAttributes,
  };
}
