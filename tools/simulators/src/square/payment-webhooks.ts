import { newId, type Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import type { WebhookAnswer, WebhookDelivery, WebhookTry } from '../wire/webhook-delivery.ts';
import type { OutgoingEvent, WebhookCourier } from '../wire/webhook-courier.ts';
import { squareSignature } from './signature.ts';
import type { PaymentWebhookPlan, WirePayment } from './types.ts';

/** Square's gaps between redeliveries. */
const GAPS_IN_MINUTES = [1, 2, 4, 8, 16, 32, 60, 120, 240, 480, 480];

type PaymentEventType = 'payment.created' | 'payment.updated';

export interface PaymentEvent {
  id: string;
  type: PaymentEventType;
  body: string;
}

export interface PaymentWebhooks {
  /** The event as the payment stands now. */
  describe: (type: PaymentEventType, merchantId: string, payment: WirePayment) => PaymentEvent;
  /** Resolves when the first tries were answered; at once when the plan holds or delays them. Throws without a URL. */
  send: (events: readonly PaymentEvent[], plan: PaymentWebhookPlan) => Promise<WebhookDelivery[]>;
  release: () => Promise<void>;
  sign: (body: string) => Record<string, string>;
}

interface WebhookDependencies {
  courier: WebhookCourier;
  background: Background;
  clock: Clock;
  signatureKey: string;
  notificationUrl: () => string;
  retryScale: number;
}

export function createPaymentWebhooks(dependencies: WebhookDependencies): PaymentWebhooks {
  const { courier, background, clock, signatureKey, notificationUrl } = dependencies;
  const waits = [0, ...GAPS_IN_MINUTES.map((minutes) => minutes * 60_000 * dependencies.retryScale)];
  let held: { events: PaymentEvent[]; plan: PaymentWebhookPlan }[] = [];

  const sign = (body: string, url = notificationUrl()): Record<string, string> => ({
    'content-type': 'application/json',
    'square-environment': 'Sandbox',
    'x-square-hmacsha256-signature': squareSignature(signatureKey, url, body),
  });

  function outgoing({ id, type, body }: PaymentEvent, url: string): OutgoingEvent {
    return {
      eventId: id,
      eventType: type,
      tries: waits.map((waitMs) => ({ url, waitMs })),
      compose: ({ attempt, previous, first }) => ({
        body,
        headers: { ...sign(body, url), ...retryHeaders(attempt, previous, first) },
      }),
      retryAfter: () => true,
    };
  }

  async function post(
    url: string,
    events: readonly PaymentEvent[],
    plan: PaymentWebhookPlan,
    deliveries: WebhookDelivery[],
  ): Promise<void> {
    for (const event of events) {
      const copies = Array.from({ length: plan.copies ?? 1 }, () => courier.deliver(outgoing(event, url)));
      deliveries.push(...copies);
      if (plan.order !== 'together') await Promise.all(copies.map((copy) => copy.first));
    }
    await Promise.all(deliveries.map((delivery) => delivery.first));
  }

  return {
    sign: (body) => sign(body),

    describe(type, merchantId, payment) {
      const id = newId();
      const body = JSON.stringify({
        merchant_id: merchantId,
        type,
        event_id: id,
        created_at: clock().toString({ fractionalSecondDigits: 3 }),
        data: { type: 'payment', id: payment.id, object: { payment } },
      });
      return { id, type, body };
    },

    send(events, plan) {
      const url = notificationUrl();
      const wanted = events.filter(({ type }) => plan.withoutCreated !== true || type !== 'payment.created');
      if (plan.order === 'reversed') wanted.reverse();
      if (plan.hold === true) {
        held.push({ events: wanted, plan });
        return Promise.resolve([]);
      }
      const deliveries: WebhookDelivery[] = [];
      const sent = background.run(async () => {
        await background.wait(plan.delayMs ?? 0);
        await post(url, wanted, plan, deliveries);
      });
      return plan.delayMs === undefined ? sent.then(() => deliveries) : Promise.resolve(deliveries);
    },

    async release() {
      const ready = held;
      held = [];
      for (const { events, plan } of ready) await post(notificationUrl(), events, plan, []);
    },
  };
}

function retryHeaders(attempt: number, previous: WebhookTry | null, first: WebhookTry | null): Record<string, string> {
  if (previous === null || first === null) return {};
  return {
    'square-retry-number': String(attempt - 1),
    'square-retry-reason': retryReason(previous.answer),
    'square-initial-delivery-timestamp': first.at.toString({ fractionalSecondDigits: 3 }),
  };
}

function retryReason({ status, failure }: WebhookAnswer): string {
  if (status !== null) return 'http_error';
  return failure === 'timeout' ? 'http_timeout' : 'other_error';
}
