import { money, TransientFailure, type Money } from '@frontdesk/kernel';
import type { OrderState, PaymentLink, PaymentLinks } from '@frontdesk/payments';

/** Square as a test wants it: it remembers keys as Square does, and fails when told to. */
export function scriptedSquare() {
  const links = new Map<string, PaymentLink & { amount: Money; deleted: boolean; description: string }>();
  const orders = new Map<string, OrderState>();
  const square = {
    links,
    orders,
    creates: 0,
    deletes: 0,
    /** What the next calls throw; nothing when null. */
    failing: null as Error | null,
    /** Takes the request, makes the link and loses the answer. */
    losingAnswers: false,
    /** Runs before a call is answered. */
    meanwhile: async () => {},
    only: () => {
      const [link, ...others] = links.values();
      if (link === undefined || others.length > 0) throw new Error(`there are ${links.size} links`);
      return link;
    },
    pay(orderId: string, paymentId: string, amount = money(5000, 'USD')) {
      orders.set(orderId, {
        kind: 'paid',
        payment: { paymentId, amount, updatedAt: Temporal.Instant.from('2026-11-23T15:05:00Z') },
      });
    },
  };
  const port: PaymentLinks = {
    async create(_account, { idempotencyKey, amount, description }) {
      square.creates += 1;
      if (square.failing !== null) throw square.failing;
      const n = links.size + 1;
      const unique = `${idempotencyKey.slice(-12)}`;
      const link = links.get(idempotencyKey) ?? {
        linkId: `PL${n}-${unique}`,
        orderId: `O${n}-${unique}`,
        url: `https://square.link/u/${unique}`,
        amount,
        description,
        deleted: false,
      };
      links.set(idempotencyKey, link);
      if (square.losingAnswers) throw new TransientFailure('Square gave no answer');
      await square.meanwhile();
      return { linkId: link.linkId, orderId: link.orderId, url: link.url };
    },
    async delete(_account, linkId) {
      square.deletes += 1;
      if (square.failing !== null) throw square.failing;
      for (const link of links.values()) if (link.linkId === linkId) link.deleted = true;
      await square.meanwhile();
    },
    async order(_account, orderId) {
      if (square.failing !== null) throw square.failing;
      return orders.get(orderId) ?? { kind: 'unpaid' };
    },
  };
  return Object.assign(square, { port });
}
export type ScriptedSquare = ReturnType<typeof scriptedSquare>;
