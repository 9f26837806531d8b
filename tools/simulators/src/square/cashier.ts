import type { WebhookDelivery } from '../wire/webhook-delivery.ts';
import type { Ledger } from './ledger.ts';
import type { PaymentEvent, PaymentWebhooks } from './payment-webhooks.ts';
import type { PaymentMade, PaymentWebhookPlan, PayOptions, SimulatedLink, WirePayment } from './types.ts';

/** A payment that stands in the books, with its webhooks on their way. */
export interface PaymentTaken {
  payment: WirePayment;
  sent: Promise<WebhookDelivery[]>;
}

/** What a payer can do with a link. */
export interface Cashier {
  pay: (link: SimulatedLink, options?: PayOptions) => PaymentTaken;
  decline: (link: SimulatedLink, options?: PaymentWebhookPlan) => PaymentTaken;
  /** How webhooks are sent when nothing else is said. */
  plan: (plan: PaymentWebhookPlan) => void;
}

export function createCashier({ ledger, webhooks }: { ledger: Ledger; webhooks: PaymentWebhooks }): Cashier {
  let usual: PaymentWebhookPlan = {};

  return {
    plan(given) {
      usual = given;
    },

    pay(link, options = {}) {
      if (link.paid && options.evenIfPaid !== true) throw new Error('this payment link was paid before');
      if (link.deleted && options.evenIfDeleted !== true) throw new Error('this payment link is no longer available');
      const events: PaymentEvent[] = [];
      const payment = ledger.addPayment(link, { status: 'APPROVED', amount: options.amount });
      events.push(webhooks.describe('payment.created', link.merchantId, payment));
      ledger.complete(link, payment);
      events.push(webhooks.describe('payment.updated', link.merchantId, payment));
      return { payment, sent: webhooks.send(events, { ...usual, ...options }) };
    },

    decline(link, options = {}) {
      const payment = ledger.addPayment(link, { status: 'FAILED' });
      const event = webhooks.describe('payment.updated', link.merchantId, payment);
      return { payment, sent: webhooks.send([event], { ...usual, ...options }) };
    },
  };
}

export async function paymentMade({ payment, sent }: PaymentTaken): Promise<PaymentMade> {
  return { payment, deliveries: await sent };
}
