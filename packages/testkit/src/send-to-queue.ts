import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { newId } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';

/** Puts a body on a queue as it is. Returns its SQS id. */
export async function sendToQueue(
  sqs: SQSClient,
  queue: string,
  body: string,
  {
    group = newId(),
    dedupe = newId(),
    inboxId,
  }: { group?: string; dedupe?: string; inboxId?: string | undefined } = {},
): Promise<string> {
  const { MessageId } = await sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(sqs, queue),
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: dedupe,
      ...(inboxId !== undefined && { MessageAttributes: { inboxId: { DataType: 'String', StringValue: inboxId } } }),
    }),
  );
  return String(MessageId);
}
