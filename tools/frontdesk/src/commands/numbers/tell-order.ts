import type { z } from 'zod';
import type { numberOrder } from '../../admin/answers.ts';
import type { CommandContext } from '../../context.ts';

type NumberOrder = z.infer<typeof numberOrder>;

/** Nothing more happens in these; a number that goes back is on its way out. */
export const endedStates: readonly string[] = ['assigned', 'failed', 'released'];

export function tellOrder({ out }: CommandContext, order: NumberOrder, json: true | undefined): void {
  if (json === true) return out.json(order);
  out.line(`${order.number}: ${order.state} since ${order.stateAt}, order ${order.id}`);
  if (order.reason !== null) out.line(order.reason);
  out.line(order.next);
}
