import type { PaymentLinks } from '@frontdesk/payments';
import { withSpan } from '@frontdesk/runtime';

/** Each call to Square as a span of the trace that asked for it. */
export function tracedLinks(links: PaymentLinks): PaymentLinks {
  const peer = { 'peer.service': 'square' };
  return {
    create: (account, link) =>
      withSpan('square create link', { ...peer, 'deposit.id': link.depositId }, () => links.create(account, link)),
    delete: (account, linkId) =>
      withSpan('square delete link', { ...peer, 'square.link.id': linkId }, () => links.delete(account, linkId)),
    order: (account, orderId) =>
      withSpan('square read order', { ...peer, 'square.order.id': orderId }, () => links.order(account, orderId)),
  };
}
