import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { intercept } from './on-the-wire.ts';

export type HandedOut = { deleted: string[]; hidden: { receiptHandle: string; seconds: number }[]; remove: () => void };

type Entry = { Id: string; ReceiptHandle: string; VisibilityTimeout?: number };

/**
 * Lets the next receive hand out these messages together, as SQS does with several of one group (the emulator hands out
 * one of a group at a time), and keeps what the client then says about them.
 */
export function handOut(sqs: SQSClient, messages: readonly Message[]): HandedOut {
  const mine = new Set(messages.map(({ ReceiptHandle }) => ReceiptHandle));
  const deleted: string[] = [];
  const hidden: HandedOut['hidden'] = [];
  let given = false;
  const remove = intercept(sqs, async ({ action, input }, next) => {
    if (action === 'ReceiveMessage' && !given) {
      given = true;
      return { Messages: messages };
    }
    const entries = (input['Entries'] ?? []) as Entry[]; // of the two batch calls; the others have none
    if (!mine.has(entries[0]?.ReceiptHandle)) return next(input);
    for (const { ReceiptHandle: receiptHandle, VisibilityTimeout: seconds } of entries) {
      if (action === 'DeleteMessageBatch') deleted.push(receiptHandle);
      else hidden.push({ receiptHandle, seconds: Number(seconds) });
    }
    return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
  });
  return { deleted, hidden, remove };
}
