import { newId, type Clock } from '@frontdesk/kernel';
import { createPlanned } from '../../wire/planned.ts';
import type { AccountNumbers } from './account-numbers.ts';
import type { NumberStock } from './number-stock.ts';

export interface NumberOrder {
  id: string;
  status: 'pending' | 'success' | 'failure';
  numbers: readonly { id: string; number: string }[];
  profileId: string | null;
  connectionId: string | null;
  customerReference: string | null;
  createdAt: string;
  updatedAt: string;
}

/** What becomes of the next orders. */
export interface OrderPlan {
  /** They stay pending until `completeOrder`. */
  hold?: boolean;
  end?: 'success' | 'failure';
}

export interface OrderDesk {
  list: () => readonly NumberOrder[];
  get: (id: string) => NumberOrder | undefined;
  create: (order: Pick<NumberOrder, 'profileId' | 'connectionId' | 'customerReference'> & { numbers: string[] }) => {
    order: NumberOrder;
    /** Null when it waits for a test. */
    end: 'success' | 'failure' | null;
  };
  complete: (id: string, end: 'success' | 'failure') => NumberOrder;
  plan: (plan: OrderPlan, times?: number) => void;
  reset: () => void;
}

interface OrderDeskDependencies {
  stock: NumberStock;
  numbers: AccountNumbers;
  clock: Clock;
  /** The order has ended. */
  onEnd: (order: NumberOrder) => void;
}

/** Orders of numbers: each is pending at first, and its numbers are the account's once it has succeeded. */
export function createOrderDesk({ stock, numbers, clock, onEnd }: OrderDeskDependencies): OrderDesk {
  const orders = new Map<string, NumberOrder>();
  const plans = createPlanned<OrderPlan>();
  const now = () => clock().toString({ fractionalSecondDigits: 3 });

  return {
    list: () => [...orders.values()],
    get: (id) => orders.get(id),
    plan: plans.add,
    reset: plans.clear,

    create({ numbers: wanted, ...given }) {
      const at = now();
      const order: NumberOrder = {
        ...given,
        id: newId(),
        status: 'pending',
        numbers: wanted.map((number) => ({ id: newId(), number })),
        createdAt: at,
        updatedAt: at,
      };
      orders.set(order.id, order);
      for (const number of wanted) {
        stock.take(number);
        numbers.add(number, given.profileId ?? '', {
          status: 'purchase-pending',
          connectionId: given.connectionId,
          customerReference: given.customerReference,
          purchasedAt: at,
        });
      }
      const { hold = false, end = 'success' } = plans.next() ?? {};
      return { order, end: hold ? null : end };
    },

    complete(id, end) {
      const order = orders.get(id);
      if (order === undefined) throw new Error(`there is no order ${id}`);
      if (order.status !== 'pending') return order;
      const ended: NumberOrder = { ...order, status: end, updatedAt: now() };
      orders.set(id, ended);
      for (const { number } of ended.numbers) {
        if (end === 'success') numbers.change(number, { status: 'active' });
        else numbers.remove(number);
      }
      onEnd(ended);
      return ended;
    },
  };
}

/** The order as Telnyx tells it, in answers and in its event. */
export function asOrder(order: NumberOrder) {
  return {
    id: order.id,
    record_type: 'number_order',
    status: order.status,
    phone_numbers_count: order.numbers.length,
    phone_numbers: order.numbers.map(({ id, number }) => ({
      id,
      record_type: 'number_order_phone_number',
      phone_number: number,
      status: order.status,
      country_code: 'US',
      phone_number_type: 'local',
      requirements_met: true,
      requirements_status: 'approved',
      regulatory_requirements: [],
    })),
    requirements_met: true,
    messaging_profile_id: order.profileId,
    connection_id: order.connectionId,
    customer_reference: order.customerReference,
    sub_number_orders_ids: [],
    created_at: order.createdAt,
    updated_at: order.updatedAt,
  };
}
