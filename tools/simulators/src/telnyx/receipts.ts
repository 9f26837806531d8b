import type { Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import { createReceipts, type Receipts } from '../wire/receipts.ts';
import { telnyxEvent, type EventPoster, type TelnyxEvent } from './event-poster.ts';
import { markFinal, markSent, outboundPayload, type OutboundMessage } from './outbound-message.ts';
import type { FinalStatus } from './types.ts';

export type TelnyxReceipts = Receipts<OutboundMessage, FinalStatus>;

interface ReceiptDependencies {
  background: Background;
  poster: EventPoster;
  clock: Clock;
}

/** message.sent and message.finalized. */
export function createTelnyxReceipts({ background, poster, clock }: ReceiptDependencies): TelnyxReceipts {
  return createReceipts<OutboundMessage, FinalStatus, TelnyxEvent>({
    background,
    usual: 'delivered',
    neverLeft: (status) => status === 'sending_failed',
    markSent(message) {
      markSent(message, clock);
      return telnyxEvent('message.sent', outboundPayload(message), { clock });
    },
    markFinal(message, outcome) {
      markFinal(message, outcome, clock);
      return telnyxEvent('message.finalized', outboundPayload(message), { clock });
    },
    post: ({ webhookUrl, failoverUrl }, event) =>
      webhookUrl === null ? null : poster.postMessageEvent(event, webhookUrl, failoverUrl),
  });
}
