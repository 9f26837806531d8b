import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { Cashier } from './cashier.ts';
import { checkoutPage } from './checkout-page.ts';
import type { Ledger } from './ledger.ts';
import type { SimulatedLink } from './types.ts';

/** The page behind a link; sandbox links have such a page too. */
export function checkoutRoutes({ ledger, cashier }: { ledger: Ledger; cashier: Cashier }): Route[] {
  const linkOf = (request: ReceivedRequest) => ledger.findLink(request.params['code'] ?? '');

  function show(request: ReceivedRequest): Reply {
    const link = linkOf(request);
    return { status: link === null ? 404 : 200, html: checkoutPage(link) };
  }

  function decide(request: ReceivedRequest): Reply {
    const link = linkOf(request);
    if (link === null || link.paid || link.deleted) return show(request);
    if (new URLSearchParams(request.body).get('action') === 'pay') {
      cashier.pay(link);
      return { status: 303, headers: { location: afterPayment(link) }, html: '' };
    }
    cashier.decline(link);
    return { status: 200, html: checkoutPage(link, 'declined') };
  }

  return [
    { method: 'GET', path: '/u/:code', handle: show },
    { method: 'POST', path: '/u/:code', handle: decide },
  ];
}

function afterPayment(link: SimulatedLink): string {
  const redirect = link.link.checkout_options?.['redirect_url'];
  return typeof redirect === 'string' ? redirect : link.url;
}
