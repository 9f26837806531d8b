import type { PaymentLinks } from '@frontdesk/payments/ports';
import type { SquareOptions } from './payment-links.ts';

/** Payment links of Square. Its SDK comes with the first call: 3,600 modules would be most of the work of each start. */
export function createSquarePaymentLinks(options: SquareOptions): PaymentLinks {
  const links = async () => (await import('./payment-links.ts')).linksThroughSdk(options);
  return {
    create: async (account, link) => (await links()).create(account, link),
    delete: async (account, linkId) => (await links()).delete(account, linkId),
    order: async (account, orderId) => (await links()).order(account, orderId),
  };
}
