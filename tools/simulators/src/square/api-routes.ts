import { isDeepStrictEqual } from 'node:util';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { Accounts } from './accounts.ts';
import { squareError } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { parseLink } from './parse-link.ts';
import type { SimulatedLink, SquareAccount } from './types.ts';

/** What the SDK sends when its user names no version. */
const CURRENT_VERSION = '2026-09-16';

interface ApiDependencies {
  accounts: Accounts;
  ledger: Ledger;
}

/** The part of Square's API that takes deposits: payment links, orders, payments. */
export function apiRoutes({ accounts, ledger }: ApiDependencies): Route[] {
  const firstAnswers = new Map<string, { body: unknown; reply: Reply }>();

  type Handle = (request: ReceivedRequest, account: SquareAccount) => Reply;

  const route = (method: Route['method'], path: string, handle: Handle): Route => ({
    method,
    path,
    handle(request) {
      const seller = accounts.authenticate(request);
      const reply = 'denied' in seller ? seller.denied : handle(request, seller.account);
      const version = request.headers['square-version'];
      return { ...reply, headers: { 'square-version': typeof version === 'string' ? version : CURRENT_VERSION } };
    },
  });

  function create(request: ReceivedRequest, account: SquareAccount): Reply {
    const parsed = parseLink(request.json, account);
    if ('refused' in parsed) return parsed.refused;
    const { idempotencyKey } = parsed.asked;
    if (idempotencyKey === null) return created(ledger.createLink(parsed.asked, account));

    const key = `${account.merchantId} ${idempotencyKey}`;
    const known = firstAnswers.get(key);
    if (known !== undefined) {
      if (isDeepStrictEqual(known.body, request.json)) return known.reply;
      return squareError(
        'IDEMPOTENCY_KEY_REUSED',
        'The idempotency key was used with another body.',
        'idempotency_key',
      );
    }
    const reply = created(ledger.createLink(parsed.asked, account));
    firstAnswers.set(key, { body: request.json, reply });
    return reply;
  }

  function openLink(request: ReceivedRequest, account: SquareAccount): SimulatedLink | null {
    const link = ledger.links.find(({ id }) => id === request.params['id']);
    return link !== undefined && link.merchantId === account.merchantId && !link.deleted ? link : null;
  }

  function isOwn(locationId: string, account: SquareAccount): boolean {
    return account.locationIds.includes(locationId);
  }

  const links = '/v2/online-checkout/payment-links';
  return [
    route('POST', links, create),
    route('GET', `${links}/:id`, (request, account) => {
      const link = openLink(request, account);
      return link === null ? missing('payment link') : { status: 200, json: { payment_link: link.link } };
    }),
    route('DELETE', `${links}/:id`, (request, account) => {
      const link = openLink(request, account);
      if (link === null) return missing('payment link');
      const { cancelledOrderId } = ledger.deleteLink(link);
      const cancelled = cancelledOrderId === null ? {} : { cancelled_order_id: cancelledOrderId };
      return { status: 200, json: { id: link.id, ...cancelled } };
    }),
    route('GET', '/v2/orders/:id', (request, account) => {
      const order = ledger.orders.find(({ id }) => id === request.params['id']);
      if (order === undefined || !isOwn(order.location_id, account)) return missing('order');
      return { status: 200, json: { order } };
    }),
    route('GET', '/v2/payments/:id', (request, account) => {
      const payment = ledger.payments.find(({ id }) => id === request.params['id']);
      if (payment === undefined || !isOwn(payment.location_id, account)) return missing('payment');
      return { status: 200, json: { payment } };
    }),
  ];
}

function created(link: SimulatedLink): Reply {
  const { id, state, location_id } = link.order;
  const related = { orders: [{ id, state, location_id }] };
  return { status: 200, json: { payment_link: link.link, related_resources: related } };
}

function missing(what: string): Reply {
  return squareError('NOT_FOUND', `The ${what} was not found.`);
}
