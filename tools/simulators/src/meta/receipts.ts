import type { Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import { createReceipts, type Receipts } from '../wire/receipts.ts';
import type { WebhookAnswer } from '../wire/webhook-delivery.ts';
import { statusChange, type MetaMessage } from './message.ts';
import type { People } from './people.ts';
import type { MetaFinalStatus } from './types.ts';
import type { MetaChange, MetaPoster } from './webhook-poster.ts';

interface ReceiptDependencies {
  background: Background;
  poster: MetaPoster;
  clock: Clock;
  people: People;
}

/** sent, then delivered, read or failed. What never left has but one. */
export function createMetaReceipts({ background, poster, clock, people }: ReceiptDependencies): Receipts<
  MetaMessage,
  MetaFinalStatus
> & {
  readMessage: (message: MetaMessage) => Promise<WebhookAnswer | null>;
} {
  function move(message: MetaMessage, status: string, errorCode: string | null): MetaChange {
    message.status = status;
    message.errorCode = errorCode;
    return statusChange(message, { clock, isHidden: people.isHidden(message.person) });
  }

  const receipts = createReceipts<MetaMessage, MetaFinalStatus, MetaChange>({
    background,
    usual: 'delivered',
    neverLeft: (status) => status === 'failed',
    markSent: (message) => move(message, 'sent', null),
    markFinal: (message, { status, errorCode }) => move(message, status, errorCode),
    post: (_, change) => poster.post(change),
  });
  return {
    ...receipts,
    readMessage: async (message) => (await poster.post(move(message, 'read', null))?.first) ?? null,
  };
}
