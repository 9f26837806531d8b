import { type SendMessageBatchCommandInput, type SQSClient } from '@aws-sdk/client-sqs';

/** What a client sent to SQS, in the order of the calls, as `group/deduplication id` per entry. */
export type Sent = { groupId: string; eventId: string };

/**
 * Watches the batches that a client sends, and lets a test answer for SQS: `refuse` says which entries fail,
 * `beforeAnswer` runs when SQS has the batch and the client does not know it yet.
 * A step of the SDK's own middleware, so everything beneath it is real.
 */
export function watchBatches(
  sqs: SQSClient,
  {
    refuse = () => false,
    beforeAnswer = async () => {},
  }: { refuse?: (entry: Sent) => boolean; beforeAnswer?: () => Promise<void> } = {},
): { sent: Sent[]; taken: Sent[]; calls: () => number; remove: () => void } {
  const sent: Sent[] = [];
  const taken: Sent[] = [];
  let calls = 0;
  const name = 'watchBatches';
  sqs.middlewareStack.add(
    (next, context) => async (args) => {
      if (context['commandName'] !== 'SendMessageBatchCommand') return next(args);
      calls += 1;
      const input = args.input as SendMessageBatchCommandInput; // by the name of the command
      const all = (input.Entries ?? []).map((entry) => ({
        entry,
        id: { groupId: String(entry.MessageGroupId), eventId: String(entry.MessageDeduplicationId) },
      }));
      sent.push(...all.map(({ id }) => id));
      const through = all.filter(({ id }) => !refuse(id));
      const refused = all.filter(({ id }) => refuse(id));
      const Failed = refused.map(({ entry }) => ({ Id: entry.Id, SenderFault: false, Code: 'InternalError' }));
      if (through.length === 0) return { response: {}, output: { $metadata: {}, Successful: [], Failed } };
      const answer = await next({ ...args, input: { ...input, Entries: through.map(({ entry }) => entry) } });
      taken.push(...through.map(({ id }) => id));
      await beforeAnswer();
      Object.assign(answer.output, { Failed });
      return answer;
    },
    { step: 'initialize', name },
  );
  return { sent, taken, calls: () => calls, remove: () => sqs.middlewareStack.remove(name) };
}
