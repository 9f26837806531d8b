import {
  type ChangeMessageVisibilityBatchCommandInput,
  type DeleteMessageBatchCommandInput,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export type HandedOut = { deleted: string[]; hidden: { receiptHandle: string; seconds: number }[]; remove: () => void };

/**
 * Lets the next receive hand out these messages together, as SQS does with several of one group (the emulator hands out
 * one of a group at a time), and keeps what the client then says about them. A step of the SDK's own middleware.
 */
export function handOut(sqs: SQSClient, messages: readonly Message[]): HandedOut {
  const name = 'handOut';
  const seen: HandedOut = { deleted: [], hidden: [], remove: () => sqs.middlewareStack.remove(name) };
  const mine = new Set(messages.map(({ ReceiptHandle }) => ReceiptHandle));
  let given = false;
  sqs.middlewareStack.add(
    (next, context) => async (args) => {
      const done = (output: object) => ({ response: {}, output: { $metadata: {}, ...output } });
      if (context['commandName'] === 'ReceiveMessageCommand' && !given) {
        given = true;
        return done({ Messages: messages });
      }
      if (context['commandName'] === 'DeleteMessageBatchCommand') {
        const { Entries = [] } = args.input as DeleteMessageBatchCommandInput; // by the name of the command
        if (!mine.has(Entries[0]?.ReceiptHandle)) return next(args);
        seen.deleted.push(...Entries.map((entry) => String(entry.ReceiptHandle)));
        return done({ Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
      }
      if (context['commandName'] === 'ChangeMessageVisibilityBatchCommand') {
        const { Entries = [] } = args.input as ChangeMessageVisibilityBatchCommandInput; // by the name of the command
        if (!mine.has(Entries[0]?.ReceiptHandle)) return next(args);
        seen.hidden.push(
          ...Entries.map((entry) => ({
            receiptHandle: String(entry.ReceiptHandle),
            seconds: Number(entry.VisibilityTimeout),
          })),
        );
        return done({ Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
      }
      return next(args);
    },
    { step: 'initialize', name },
  );
  return seen;
}
