import type { Id } from '@frontdesk/kernel';
import { nameOf } from '../ensure-profile.ts';
import type { NumberOrder } from '../postgres/number-orders.ts';
import { whatToDo } from './order-state.ts';

type Task = { orgId: Id; reason: string; causeKey: string; now: Temporal.Instant };

const slowCause = ({ id }: NumberOrder) => `number-order-slow:${id}`;
const staysCause = ({ id }: NumberOrder) => `number-stays:${id}`;
/** A number that comes to the location later is what the clinic was told to order. */
const failures = ({ locationId }: NumberOrder) => `number-order:${locationId}:`;

/** What staff are asked to do about an order. */
export const orderTasks = {
  ended(order: NumberOrder, state: 'failed' | 'released', now: Temporal.Instant): Task {
    const { orgId, id, number, reason: why } = order;
    const how = state === 'failed' ? 'bought' : 'set up and was given back';
    const reason = `The number ${number} could not be ${how}: ${why ?? ''} ${whatToDo[state]}`;
    return { orgId, reason, causeKey: `${failures(order)}${id}`, now };
  },

  slow(order: NumberOrder, externalId: string, now: Temporal.Instant): Task {
    const reason = `The order of the number ${order.number} has been open at ${nameOf(order.carrier)} for more than a day. Ask its support about the order ${externalId}, or order another number; the desk goes on asking, and what is bought still becomes the clinic’s.`;
    return { orgId: order.orgId, reason, causeKey: slowCause(order), now };
  },

  stays(order: NumberOrder, why: string, now: Temporal.Instant): Task {
    const reason = `${nameOf(order.carrier)} does not take back the number ${order.number}, which is paid for and not used: ${why} Give it back in the carrier’s console.`;
    return { orgId: order.orgId, reason, causeKey: staysCause(order), now };
  },
};

/** What the causes of tasks begin with that are no more, now that the order is where it is. */
export function goneWith(order: NumberOrder): string[] {
  const moved = order.state === 'ordering' ? [] : [slowCause(order)];
  if (order.state === 'released') return [...moved, staysCause(order)];
  if (order.state === 'assigned') return [...moved, failures(order), lostCause(order.number)];
  return moved;
}

/** What the causes begin with of a number that another clinic of the desk got. */
export const lostCause = (number: string) => `number-lost:${number}:`;
