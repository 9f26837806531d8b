import { failpoint, type Logger } from '@frontdesk/kernel';
import type { Received } from './read-message.ts';
import type { Settlement } from './settle-message.ts';
import type { Visibility } from './sqs-inbound.ts';

export type GroupOptions = {
  settle: (message: Received) => Promise<Settlement>;
  remove: (message: Received) => Promise<void>;
  hide: (changes: readonly Visibility[]) => Promise<void>;
  /** Called once the message is no longer this consumer's business. */
  letGo: (message: Received) => void;
  isStopping: () => boolean;
  logger: Logger;
};

/**
 * Handles the messages of one group, which came in one receive, in their order. One that is to come again holds back the
 * ones behind it: SQS shows none of the group before it. When the consumer stops, what has not begun is given back.
 */
export async function handleGroup(messages: readonly Received[], options: GroupOptions): Promise<void> {
  const { settle, remove, letGo, isStopping } = options;
  for (const [n, message] of messages.entries()) {
    if (isStopping()) return giveBack(messages.slice(n), 0, options);
    const settlement = await settle(message);
    if (settlement.kind === 'again') return giveBack(messages.slice(n), settlement.delayMs, options);
    failpoint('consumer.before-delete');
    try {
      await remove(message);
    } catch (error) {
      options.logger.warn({ messageId: message.messageId, error }, 'a handled message could not be deleted');
    }
    letGo(message);
  }
}

async function giveBack(messages: readonly Received[], delayMs: number, options: GroupOptions): Promise<void> {
  const seconds = Math.ceil(delayMs / 1_000);
  try {
    // From the last to the first, so that the first is the first again.
    await options.hide(messages.toReversed().map(({ receiptHandle }) => ({ receiptHandle, seconds })));
  } catch (error) {
    options.logger.warn({ error }, 'messages could not be given back; their visibility will run out');
  } finally {
    for (const message of messages) options.letGo(message);
  }
}
