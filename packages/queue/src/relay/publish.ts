import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { deliveryIds } from '@frontdesk/contracts';
import { TransientFailure } from '@frontdesk/kernel';
import { callSqs } from '../call-sqs.ts';
import { queueUrl } from '../queue-url.ts';
import type { OutboxEntry } from './claim.ts';
import { inParallel } from './in-parallel.ts';
import { lanesOf, type Lane } from './lanes.ts';

const batchSize = 10; // the most that SQS takes at once
const callsInFlight = 32;

export type Published = {
  /** The rows that SQS has. */
  ids: Set<string>;
  /** Why the others stay in the outbox: the first thing that went wrong. */
  failure?: Error;
  /** SQS did not answer at all, so nothing more is sent to it in this claim. */
  unreachable: boolean;
};

/**
 * Sends the entries to their queues, each group in its order. What SQS did not take, and what follows it in its group,
 * is left out of the answer.
 */
export async function publish(
  sqs: SQSClient,
  entries: readonly OutboxEntry[],
  signal: AbortSignal,
): Promise<Published> {
  const published: Published = { ids: new Set(), unreachable: false };
  await inParallel(lanesOf(entries, batchSize), callsInFlight, (lane) => sendLane(sqs, lane, published, signal));
  return published;
}

async function sendLane(sqs: SQSClient, lane: Lane<OutboxEntry>, published: Published, signal: AbortSignal) {
  const heldBack = new Set<string>();
  for (const turn of lane) {
    const batch = turn.filter(({ groupId }) => !heldBack.has(groupId));
    if (batch.length === 0 || published.unreachable) return;
    const refused = await sendBatch(sqs, batch, published, signal);
    for (const { groupId } of refused) heldBack.add(groupId);
  }
}

/** Returns the entries that SQS does not have for certain. */
async function sendBatch(
  sqs: SQSClient,
  batch: readonly OutboxEntry[],
  published: Published,
  signal: AbortSignal,
): Promise<OutboxEntry[]> {
  try {
    const input = { QueueUrl: await queueUrl(sqs, batch[0]?.queue ?? ''), Entries: batch.map(asMessage) };
    const { Successful = [], Failed = [] } = await callSqs(sqs, 'SendMessageBatch', input, signal);
    const taken = new Set(Successful.map(({ Id }) => Id));
    const refused = batch.filter((entry, n) => {
      if (!taken.has(String(n))) return true;
      published.ids.add(entry.id);
      return false;
    });
    if (refused.length > 0) {
      const codes = [...new Set(Failed.map(({ Code }) => Code))].join(', ');
      published.failure ??= new TransientFailure(`SQS refused ${refused.length} of a batch: ${codes}`);
    }
    return refused;
  } catch (error) {
    published.unreachable = true;
    published.failure ??= error instanceof Error ? error : new TransientFailure('SQS could not be reached');
    return [...batch];
  }
}

function asMessage(
  { eventId, groupId, body, traceparent, replay }: OutboxEntry,
  n: number,
): SendMessageBatchRequestEntry {
  const { deduplicationId, inboxId } = deliveryIds(eventId, replay ?? undefined);
  const attributes = {
    ...(traceparent !== null && { traceparent: { DataType: 'String', StringValue: traceparent } }),
    ...(replay !== null && { inboxId: { DataType: 'String', StringValue: inboxId } }),
  };
  return {
    Id: String(n),
    MessageBody: body,
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}
