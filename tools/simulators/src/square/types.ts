import type { Clock } from '@frontdesk/kernel';
import type { SimulatedProvider } from '../wire/simulated-provider.ts';
import type { WebhookDelivery } from '../wire/webhook-delivery.ts';

/** A seller who connected us. */
export interface SquareAccount {
  accessToken: string;
  merchantId: string;
  locationIds: readonly string[];
}

export interface SquareSimulatorOptions {
  signatureKey: string;
  notificationUrl?: string;
  accounts?: readonly SquareAccount[];
  /** A free port of the system's choice when left out. */
  port?: number;
  /** The address to listen on; this machine alone when left out. */
  host?: string;
  clock?: Clock;
  /** Redelivery gaps are Square's minutes times this; 1/60 (a minute becomes a second) when left out. */
  retryScale?: number;
  /** How long the receiver of a webhook may take (an older page of Square says 10 s). */
  webhookTimeoutMs?: number;
}

/** An amount in minor units, as on the wire. */
export interface WireMoney {
  amount: number;
  currency: string;
}

export interface WireOrder {
  id: string;
  location_id: string;
  reference_id?: string | undefined;
  metadata?: Record<string, string> | undefined;
  line_items: readonly { name?: string | undefined; quantity: string; base_price_money: WireMoney }[];
  state: 'DRAFT' | 'OPEN' | 'COMPLETED' | 'CANCELED';
  version: number;
  total_money: WireMoney;
  net_amount_due_money: WireMoney;
  created_at: string;
  updated_at: string;
}

export interface WirePaymentLink {
  id: string;
  version: number;
  order_id: string;
  url: string;
  long_url: string;
  created_at: string;
  description?: string | undefined;
  payment_note?: string | undefined;
  checkout_options?: Record<string, unknown> | undefined;
  pre_populated_data?: Record<string, unknown> | undefined;
}

export interface WirePayment {
  id: string;
  status: 'APPROVED' | 'PENDING' | 'COMPLETED' | 'CANCELED' | 'FAILED';
  order_id: string;
  location_id: string;
  customer_id: string;
  amount_money: WireMoney;
  total_money: WireMoney;
  source_type: 'CARD';
  note?: string;
  receipt_url?: string;
  created_at: string;
  updated_at: string;
  version_token: string;
}

export interface SimulatedLink {
  id: string;
  url: string;
  merchantId: string;
  deleted: boolean;
  paid: boolean;
  link: WirePaymentLink;
  order: WireOrder;
  idempotencyKey: string | null;
}

/** How the webhooks of a payment are sent. */
export interface PaymentWebhookPlan {
  order?: 'usual' | 'reversed' | 'together';
  /** How often each webhook is delivered, under the same event id. */
  copies?: number;
  delayMs?: number;
  /** Webhooks wait for `releaseWebhooks()`. */
  hold?: boolean;
  /** The sandbox is known to leave out payment.created. */
  withoutCreated?: boolean;
}

export interface PayOptions extends PaymentWebhookPlan {
  /** Another amount than the order's, in minor units. */
  amount?: number;
  /** The payer had the page open when the link was deleted, and the payment landed all the same. */
  evenIfDeleted?: boolean;
  /** A second payer had the page open when the first one paid. */
  evenIfPaid?: boolean;
}

export interface PaymentMade {
  payment: WirePayment;
  /** Their first tries are over, unless they are held or delayed. */
  deliveries: readonly WebhookDelivery[];
}

export type TokenRefusal = 'UNAUTHORIZED' | 'ACCESS_TOKEN_EXPIRED' | 'ACCESS_TOKEN_REVOKED';

export interface SquareSimulator extends SimulatedProvider {
  /** The base URL for the SDK. */
  apiUrl: string;
  links: readonly SimulatedLink[];
  orders: readonly WireOrder[];
  payments: readonly WirePayment[];
  addAccount: (account: SquareAccount) => void;
  /** From now on this token is answered 401 with the code. */
  refuseToken: (accessToken: string, code: TokenRefusal) => void;
  setNotificationUrl: (url: string) => void;
  /** The payer pays: by the link's id or its URL. Throws when the page would not let them. */
  pay: (link: string, options?: PayOptions) => Promise<PaymentMade>;
  /** The payer's card is declined. The link stays open. */
  fail: (link: string, options?: PaymentWebhookPlan) => Promise<PaymentMade>;
  /** How webhooks are sent when `pay` and `fail` (or the page) say nothing else. */
  planWebhooks: (plan: PaymentWebhookPlan) => void;
  releaseWebhooks: () => Promise<void>;
  /** The headers of a webhook with this body. */
  sign: (body: string) => Record<string, string>;
}
