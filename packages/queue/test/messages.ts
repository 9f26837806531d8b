import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { TextRequestedV1, type Envelope } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';

/** A valid event for the messaging queue. */
export function textRequested(orgId: Id, change: Partial<Envelope> = {}): Envelope {
  return {
    id: newId(),
    type: TextRequestedV1.type,
    orgId,
    occurredAt: '2026-11-20T10:00:00Z',
    correlationId: newId(),
    causationId: null,
    traceparent: null,
    data: { messageId: newId(), recipientId: newId() },
    ...change,
  };
}

/** Puts a body on the messaging queue as it is. Returns its SQS id. */
export async function send(
  sqs: SQSClient,
  body: string,
  { group = newId(), dedupe = newId(), inboxId }: { group?: string; dedupe?: string; inboxId?: string } = {},
): Promise<string> {
  const { MessageId } = await sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(sqs, 'messaging.fifo'),
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: dedupe,
      ...(inboxId === undefined
        ? {}
        : { MessageAttributes: { inboxId: { DataType: 'String', StringValue: inboxId } } }),
    }),
  );
  return String(MessageId);
}
