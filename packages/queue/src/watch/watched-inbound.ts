import type { Inbound } from '../consumer/inbound.ts';
import type { QueueAge } from './queue-age.ts';

/** The same inbound, whose messages tell how old they are. */
export function watchedInbound(inbound: Inbound, age: QueueAge): Inbound {
  return {
    ...inbound,
    async receive(most, signal) {
      const messages = await inbound.receive(most, signal);
      age.received(
        messages.flatMap(({ receiptHandle, sentAt }) => (sentAt === undefined ? [] : [{ receiptHandle, sentAt }])),
      );
      return messages;
    },
    async remove(messages) {
      for (const { receiptHandle } of messages) age.letGo(receiptHandle);
      await inbound.remove(messages);
    },
    async giveBack(returned) {
      for (const { message } of returned) age.letGo(message.receiptHandle);
      await inbound.giveBack(returned);
    },
  };
}
