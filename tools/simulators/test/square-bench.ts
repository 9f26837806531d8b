import { SquareClient } from 'square';
import { startSquareSimulator, type SquareSimulator, type SquareSimulatorOptions } from '../src/index.ts';
import { startWebhookReceiver, type ReceivedWebhook, type WebhookReceiver } from './webhook-receiver.ts';

export const KEY = 'asdf1234';
export const SELLER = { accessToken: 'EAAA-1', merchantId: 'ML1', locationIds: ['L1'] };
export const OTHER_SELLER = { accessToken: 'EAAA-2', merchantId: 'ML2', locationIds: ['L2'] };

/** The simulator, an app that it calls, and the real SDK. */
export interface SquareBench {
  square: SquareSimulator;
  app: WebhookReceiver;
  client: SquareClient;
  clientOf: (token: string) => SquareClient;
  /** A link for a deposit of $50; its id. */
  link: (idempotencyKey?: string) => Promise<string>;
  events: () => PaymentEventSeen[];
  stop: () => Promise<void>;
}

interface PaymentEventSeen {
  id: string;
  type: string;
  merchantId: string;
  payment: Record<string, unknown>;
  webhook: ReceivedWebhook;
}

export const depositOf = (amount: bigint) => ({
  order: {
    locationId: 'L1',
    referenceId: 'dep_981',
    metadata: { deposit_id: '981' },
    lineItems: [{ name: 'Appointment deposit', quantity: '1', basePriceMoney: { amount, currency: 'USD' as const } }],
  },
  paymentNote: 'Deposit 981',
});

export async function startSquareBench(options: Partial<SquareSimulatorOptions> = {}): Promise<SquareBench> {
  const app = await startWebhookReceiver();
  const square = await startSquareSimulator({
    signatureKey: KEY,
    notificationUrl: `${app.url}/webhooks/square`,
    accounts: [SELLER, OTHER_SELLER],
    retryScale: 1e-6,
    ...options,
  });
  const clientOf = (token: string) =>
    new SquareClient({ token, baseUrl: square.apiUrl, maxRetries: 0, timeoutInSeconds: 1 });
  const client = clientOf(SELLER.accessToken);

  return {
    square,
    app,
    client,
    clientOf,
    async link(idempotencyKey = 'dep_1') {
      const answer = await client.checkout.paymentLinks.create({ idempotencyKey, ...depositOf(5000n) });
      return answer.paymentLink?.id ?? '';
    },
    events: () => app.received.map(eventSeen),
    async stop() {
      await square.stop();
      await app.stop();
    },
  };
}

function eventSeen(webhook: ReceivedWebhook): PaymentEventSeen {
  // The simulator's own envelope, which the tests of its shape hold against the reference.
  const event = JSON.parse(webhook.body) as {
    event_id: string;
    type: string;
    merchant_id: string;
    data: { object: { payment: Record<string, unknown> } };
  };
  return {
    id: event.event_id,
    type: event.type,
    merchantId: event.merchant_id,
    payment: event.data.object.payment,
    webhook,
  };
}
