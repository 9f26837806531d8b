import type { SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { intercept } from './on-the-wire.ts';

export type Sent = { groupId: string; eventId: string };

/**
 * Watches the batches that a client sends, in the order of the calls, and lets a test answer for SQS: `refuse` says which
 * entries fail, `beforeAnswer` runs when SQS has the batch and the client does not know it yet.
 */
export function watchBatches(
  sqs: SQSClient,
  {
    refuse = () => false,
    beforeAnswer = async () => {},
  }: { refuse?: (entry: Sent) => boolean; beforeAnswer?: () => Promise<void> } = {},
): { sent: Sent[]; taken: Sent[]; remove: () => void } {
  const sent: Sent[] = [];
  const taken: Sent[] = [];
  const remove = intercept(sqs, async ({ action, input }, next) => {
    if (action !== 'SendMessageBatch') return next(input);
    const entries = input['Entries'] as SendMessageBatchRequestEntry[]; // by the name of the action
    const all = entries.map((entry) => ({
      entry,
      id: { groupId: String(entry.MessageGroupId), eventId: String(entry.MessageDeduplicationId) },
    }));
    sent.push(...all.map(({ id }) => id));
    const isRefused = new Map(all.map((one) => [one, refuse(one.id)]));
    const through = all.filter((one) => isRefused.get(one) === false);
    const Failed = all
      .filter((one) => isRefused.get(one) === true)
      .map(({ entry }) => ({ Id: entry.Id, SenderFault: false, Code: 'InternalError' }));
    if (through.length === 0) return { Successful: [], Failed };
    const answer = await next({ ...input, Entries: through.map(({ entry }) => entry) });
    taken.push(...through.map(({ id }) => id));
    await beforeAnswer();
    return { ...answer, Failed };
  });
  return { sent, taken, remove };
}
