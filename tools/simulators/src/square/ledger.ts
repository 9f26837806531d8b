import { randomBytes } from 'node:crypto';
import type { Clock } from '@frontdesk/kernel';
import { keep } from '../wire/keep.ts';
import type { LinkAsked } from './parse-link.ts';
import type { SimulatedLink, SquareAccount, WireMoney, WireOrder, WirePayment } from './types.ts';

interface PaymentFacts {
  status: WirePayment['status'];
  amount?: number | undefined;
}

/** What Square knows: links, their orders, and the payments on them. */
export interface Ledger {
  links: readonly SimulatedLink[];
  orders: readonly WireOrder[];
  payments: readonly WirePayment[];
  createLink: (asked: LinkAsked, account: SquareAccount) => SimulatedLink;
  /** By the link's id, its URL or the code at the end of it. */
  findLink: (reference: string) => SimulatedLink | null;
  /** The order is cancelled, unless it was paid before. */
  deleteLink: (link: SimulatedLink) => { cancelledOrderId: string | null };
  addPayment: (link: SimulatedLink, facts: PaymentFacts) => WirePayment;
  complete: (link: SimulatedLink, payment: WirePayment) => void;
}

export function createLedger({ clock, origin }: { clock: Clock; origin: () => string }): Ledger {
  const links: SimulatedLink[] = [];
  const orders: WireOrder[] = [];
  const payments: WirePayment[] = [];
  const now = () => clock().toString({ fractionalSecondDigits: 3 });

  function createOrder(asked: LinkAsked['order']): WireOrder {
    const total = totalOf(asked);
    const at = now();
    const order: WireOrder = {
      id: squareId(),
      ...asked,
      state: 'DRAFT',
      version: 1,
      total_money: total,
      net_amount_due_money: total,
      created_at: at,
      updated_at: at,
    };
    keep(orders, order);
    return order;
  }

  function touch(order: WireOrder, change: Partial<WireOrder>): void {
    Object.assign(order, change, { version: order.version + 1, updated_at: now() });
  }

  return {
    links,
    orders,
    payments,

    createLink({ order: wanted, link: details, idempotencyKey }, account) {
      const order = createOrder(wanted);
      const id = squareId();
      const url = `${origin()}/u/${squareId(4)}`;
      const wire = { id, version: 1, order_id: order.id, url, long_url: url, created_at: now(), ...details };
      const link = {
        id,
        url,
        merchantId: account.merchantId,
        deleted: false,
        paid: false,
        link: wire,
        order,
        idempotencyKey,
      };
      keep(links, link);
      return link;
    },

    findLink: (reference) =>
      links.find(({ id, url }) => reference === id || reference === url || url.endsWith(`/u/${reference}`)) ?? null,

    deleteLink(link) {
      link.deleted = true;
      if (link.paid) return { cancelledOrderId: null };
      touch(link.order, { state: 'CANCELED' });
      return { cancelledOrderId: link.order.id };
    },

    addPayment(link, { status, amount }) {
      const money = { ...link.order.total_money, amount: amount ?? link.order.total_money.amount };
      const at = now();
      const payment: WirePayment = {
        id: squareId(),
        status,
        order_id: link.order.id,
        location_id: link.order.location_id,
        customer_id: squareId(),
        amount_money: money,
        total_money: money,
        source_type: 'CARD',
        ...(link.link.payment_note === undefined ? {} : { note: link.link.payment_note }),
        created_at: at,
        updated_at: at,
        version_token: squareId(),
      };
      keep(payments, payment);
      return payment;
    },

    complete(link, payment) {
      link.paid = true;
      payment.status = 'COMPLETED';
      payment.updated_at = later(payment.created_at, now());
      payment.version_token = squareId();
      const due = link.order.total_money.amount - payment.amount_money.amount;
      const left = { ...link.order.total_money, amount: Math.max(0, due) };
      touch(link.order, { state: 'OPEN', net_amount_due_money: left });
    },
  };
}

function totalOf(order: LinkAsked['order']): WireMoney {
  const amount = order.line_items.reduce((sum, item) => sum + Number(item.quantity) * item.base_price_money.amount, 0);
  return { amount, currency: order.line_items[0]?.base_price_money.currency ?? 'USD' };
}

function squareId(bytes = 8): string {
  return randomBytes(bytes).toString('hex').toUpperCase();
}

/** The moment, or a millisecond after the other one when the clock stands still. */
function later(than: string, moment: string): string {
  if (moment > than) return moment;
  return Temporal.Instant.from(than).add({ milliseconds: 1 }).toString({ fractionalSecondDigits: 3 });
}
