import type { Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import { createReceipts, type Receipts } from '../wire/receipts.ts';
import type { WebhookAnswer } from '../wire/webhook-delivery.ts';
import { markFinal, markSent, statusForm, type TwilioMessage } from './message.ts';
import type { TwilioFinalStatus } from './types.ts';
import type { TwilioEvent, TwilioPoster } from './webhook-poster.ts';

interface ReceiptDependencies {
  accountSid: string;
  background: Background;
  poster: TwilioPoster;
  clock: Clock;
}

/** sent, then how it ended, to the address that the text named. What never left has but one. */
export function createTwilioReceipts(dependencies: ReceiptDependencies): Receipts<TwilioMessage, TwilioFinalStatus> & {
  /** The person reads what had come. */
  read: (message: TwilioMessage) => Promise<WebhookAnswer | null>;
} {
  const { accountSid, background, poster, clock } = dependencies;
  const eventOf = (message: TwilioMessage): TwilioEvent => ({
    id: `${message.sid}:${message.status}`,
    type: `message.${message.status}`,
    form: statusForm(message, accountSid),
  });
  function end(message: TwilioMessage, outcome: { status: TwilioFinalStatus; errorCode: string | null }): TwilioEvent {
    markFinal(message, outcome, clock);
    return eventOf(message);
  }
  const post = ({ webhookUrl }: TwilioMessage, event: TwilioEvent) =>
    webhookUrl === null ? null : poster.post(event, webhookUrl);

  const receipts = createReceipts<TwilioMessage, TwilioFinalStatus, TwilioEvent>({
    background,
    usual: 'delivered',
    neverLeft: (status) => status === 'failed',
    markSent(message) {
      markSent(message, clock);
      return eventOf(message);
    },
    markFinal: end,
    post,
  });
  return {
    ...receipts,
    read: async (message) => (await post(message, end(message, { status: 'read', errorCode: null }))?.first) ?? null,
  };
}
