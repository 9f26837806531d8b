import type { NumberOrder, OrderChange } from '../postgres/number-orders.ts';
import type { Registration } from '../registration.ts';
import type { OrderEvent } from './order-state.ts';

/** A purchase while it is looked at. */
export type OrderInHand = NumberOrder & Pick<Registration, 'isUnservedForLong'>;

/** Moves the purchase on, with the tasks that come and go with it. */
export type MoveOrder = (
  order: OrderInHand,
  event: OrderEvent,
  change?: Omit<OrderChange, 'state'>,
) => Promise<OrderInHand>;

/** Why nothing is bought and nothing kept for a clinic. */
export const hasLeft = 'The clinic has left the desk.';
