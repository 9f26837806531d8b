import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { paged } from '../paged.ts';
import type { NumberStock } from './number-stock.ts';
import { asOrder, type NumberOrder, type OrderDesk } from './order-desk.ts';
import { malformed } from './profile-routes.ts';

const body = z.object({
  phone_numbers: z.array(z.object({ phone_number: z.string() })).min(1),
  messaging_profile_id: z.string().optional(),
  connection_id: z.string().optional(),
  customer_reference: z.string().max(255).optional(),
});

interface OrderRouteDependencies {
  keyed: KeyedRoute;
  orders: OrderDesk;
  stock: NumberStock;
  knowsProfile: (id: string) => boolean;
}

/** Orders of numbers. A repeated reference is a second order, as at Telnyx. */
export function orderRoutes({ keyed, orders, stock, knowsProfile }: OrderRouteDependencies): Route[] {
  function create({ json }: ReceivedRequest): Reply {
    const { success, data, error } = body.safeParse(json);
    if (!success) return malformed(error);
    const numbers = data.phone_numbers.map((each) => each.phone_number);
    const profileId = data.messaging_profile_id ?? null;
    if (profileId !== null && !knowsProfile(profileId)) {
      return refusal('10015', 'There is no such messaging profile.', '/messaging_profile_id');
    }
    // UNVERIFIED: which code Telnyx gives for a number that somebody else has bought; the reference names none.
    if (!numbers.every(stock.has))
      return refusal('10027', 'The phone number is no longer available.', '/phone_numbers');
    const { order, end } = orders.create({
      numbers,
      profileId,
      connectionId: data.connection_id ?? null,
      customerReference: data.customer_reference ?? null,
    });
    return {
      status: 200,
      json: { data: asOrder(order) },
      ...(end !== null && { afterwards: () => void orders.complete(order.id, end) }),
    };
  }

  function list({ query }: ReceivedRequest): Reply {
    const rows = orders
      .list()
      .filter((each) => (query.get('filter[customer_reference]') ?? each.customerReference) === each.customerReference)
      .filter(({ status }) => (query.get('filter[status]') ?? status) === status)
      .toReversed();
    return paged(query, rows.map(asListed));
  }

  function read({ params }: ReceivedRequest): Reply {
    const order = orders.get(params['id'] ?? '');
    if (order === undefined) return refusal('10005', 'The requested number order does not exist.');
    return { status: 200, json: { data: asOrder(order) } };
  }

  return [
    keyed('POST', '/v2/number_orders', create),
    keyed('GET', '/v2/number_orders', list),
    keyed('GET', '/v2/number_orders/:id', read),
  ];
}

/** A list tells less of the numbers than the order alone. */
function asListed(order: NumberOrder) {
  const whole = asOrder(order);
  return { ...whole, phone_numbers: whole.phone_numbers.map(({ id, phone_number }) => ({ id, phone_number })) };
}
