import type { CarrierName } from '@frontdesk/contracts';
import type { Id, Logger } from '@frontdesk/kernel';
import type { ReadReceipts } from '@frontdesk/messaging';
import { bulkhead } from 'cockatiel';

type Text = Parameters<ReadReceipts['markRead']>[0];

export type ReadMarker = {
  /** Returns at once. What fails, or finds no place, is not tried again: nobody waits for it. */
  markSoon(text: Text, ids: { orgId: Id; messageId: Id }): void;
  /** Resolves when nothing is being marked. */
  idle(): Promise<void>;
};

const atOnce = 8;
const waitingAtMost = 64;

/** Marks texts as read where their provider can, a few at a time. */
export function createReadMarker({
  receipts,
  logger,
}: {
  receipts: Partial<Record<CarrierName, ReadReceipts>>;
  logger: Logger;
}): ReadMarker {
  const places = bulkhead(atOnce, waitingAtMost);
  const running = new Set<Promise<void>>();
  return {
    markSoon(text, ids) {
      const provider = receipts[text.provider];
      if (provider === undefined) return;
      const run = places
        .execute(() => provider.markRead(text))
        .catch((error: unknown) => logger.warn({ ...ids, error }, 'a text was not marked as read'))
        .finally(() => running.delete(run));
      running.add(run);
    },
    async idle() {
      await Promise.allSettled(running);
    },
  };
}
