import type { SQSClient } from '@aws-sdk/client-sqs';
import { readEnvelope } from '@frontdesk/queue';
import { holdAll, letGo } from './hold-messages.ts';

/** What a message says of itself, without its data. */
export type PeekedMessage = {
  messageId: string;
  groupId: string;
  sentAt: Temporal.Instant;
  /** How often it has been handed out, this look included. */
  receives: number;
  eventId: string | null;
  type: string | null;
  orgId: string | null;
  correlationId: string | null;
  /** Why the body is no envelope; null when it is one. */
  unreadable: string | null;
  body: string;
};

/** Long enough to gather what is asked for; it is put back before that. */
const hideSeconds = 10;

/**
 * Looks at the first messages without taking them. They are hidden meanwhile, with the rest of their groups, and SQS
 * counts the look as a receive: the fifth one of a message sends it to the dead letters.
 */
export async function peekQueue(sqs: SQSClient, queue: string, most: number): Promise<PeekedMessage[]> {
  const messages = await holdAll(sqs, queue, { most, seconds: hideSeconds });
  await letGo(sqs, queue, messages);
  return messages.map(({ messageId, groupId, sentAt, receives, body }) => {
    const reading = readEnvelope(body);
    const envelope = reading.kind === 'readable' ? reading.envelope : null;
    return {
      messageId,
      groupId,
      sentAt,
      receives,
      eventId: envelope?.id ?? null,
      type: envelope?.type ?? null,
      orgId: envelope?.orgId ?? null,
      correlationId: envelope?.correlationId ?? null,
      unreadable: reading.kind === 'unreadable' ? reading.reason : null,
      body,
    };
  });
}
