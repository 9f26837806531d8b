import { failpoint, type Logger } from '@frontdesk/kernel';
import type { Inbound, Returned } from './inbound.ts';
import type { Received } from './read-message.ts';
import type { Settlement } from './settle-message.ts';

export type GroupOptions = {
  settle: (message: Received) => Promise<Settlement>;
  remove: (message: Received) => Promise<void>;
  giveBack: Inbound['giveBack'];
  /** Called once the message is no longer this consumer's business. */
  letGo: (message: Received) => void;
  isStopping: () => boolean;
  logger: Logger;
};

/**
 * Handles the messages of one group, which came in one receive, in their order. One that is to come again holds back the
 * ones behind it: none of the group is shown before it. When the consumer stops, what has not begun is given back.
 */
export async function handleGroup(messages: readonly Received[], options: GroupOptions): Promise<void> {
  const { settle, remove, letGo, isStopping } = options;
  for (const [n, message] of messages.entries()) {
    if (isStopping()) return giveBack(messages.slice(n).map(untried), options);
    const settlement = await settle(message);
    if (settlement.kind === 'again') {
      const { delayMs } = settlement;
      const behind = messages.slice(n + 1).map((each) => ({ ...untried(each), delayMs }));
      return giveBack([{ message, delayMs, tried: true }, ...behind], options);
    }
    failpoint('consumer.before-delete');
    try {
      await remove(message);
    } catch (error) {
      options.logger.warn({ messageId: message.messageId, error }, 'a handled message could not be deleted');
    }
    letGo(message);
  }
}

const untried = (message: Received): Returned => ({ message, delayMs: 0, tried: false });

async function giveBack(returned: readonly Returned[], options: GroupOptions): Promise<void> {
  try {
    await options.giveBack(returned);
  } catch (error) {
    options.logger.warn({ error }, 'messages could not be given back; they will come again by themselves');
  } finally {
    for (const { message } of returned) options.letGo(message);
  }
}
