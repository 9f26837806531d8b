import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';

/** What Square says of a payment for an order. `updatedAt` tells which of two reports is newer. */
export type SquarePaymentReport = {
  kind: 'payment';
  paymentId: string;
  orderId: string;
  status: 'APPROVED' | 'PENDING' | 'COMPLETED' | 'CANCELED' | 'FAILED';
  amountCents: number;
  currency: string;
  updatedAt: string;
};

/** A Square webhook, read. The clinic is found by merchant and location, never by metadata. */
export type SquareEvent = {
  eventType: string;
  externalId: string;
  occurredAt: Temporal.Instant | null;
  merchantId: string;
  locationId: string | null;
  content: SquarePaymentReport | { kind: 'ignored' };
};

const id = z.string().min(1).max(255);
const timestamp = z.iso.datetime({ offset: true });
const statuses = ['APPROVED', 'PENDING', 'COMPLETED', 'CANCELED', 'FAILED'] as const;

const envelopeSchema = z.object({
  merchant_id: id,
  location_id: id.nullish(),
  type: id,
  event_id: id,
  created_at: timestamp.nullish().catch(null),
  data: z.object({ object: z.object({ payment: z.unknown().optional() }).nullish() }).nullish(),
});

const paymentSchema = z.object({
  id,
  status: z.string(),
  order_id: id.nullish(),
  location_id: id.nullish(),
  amount_money: z.object({ amount: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) }),
  updated_at: timestamp,
});

/**
 * Reads a verified Square webhook.
 * @throws InvalidMessage when something that the desk needs is missing, naming where
 */
export function readSquareEvent(body: unknown): SquareEvent {
  const event = parseWebhook('Square', envelopeSchema, body);
  const isPayment = event.type === 'payment.created' || event.type === 'payment.updated';
  const payment = isPayment ? parseWebhook('Square', paymentSchema, event.data?.object?.payment) : null;
  return {
    eventType: event.type,
    externalId: event.event_id,
    occurredAt: event.created_at ? Temporal.Instant.from(event.created_at) : null,
    merchantId: event.merchant_id,
    locationId: payment?.location_id ?? event.location_id ?? null,
    content: payment === null ? { kind: 'ignored' } : reportOf(payment),
  };
}

function reportOf(payment: z.infer<typeof paymentSchema>): SquareEvent['content'] {
  const status = statuses.find((known) => known === payment.status);
  // A payment that belongs to no order is no deposit of ours.
  if (status === undefined || !payment.order_id) return { kind: 'ignored' };
  return {
    kind: 'payment',
    paymentId: payment.id,
    orderId: payment.order_id,
    status,
    amountCents: payment.amount_money.amount,
    currency: payment.amount_money.currency,
    updatedAt: payment.updated_at,
  };
}
