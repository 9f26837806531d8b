import type { z } from 'zod';
import type { hostedOrder } from '../../../admin/answers.ts';
import type { CommandContext } from '../../../context.ts';

export type HostedOrder = z.infer<typeof hostedOrder>;

/** How far a line is, and what the clinic is to do now. */
export function tellHosted({ out }: CommandContext, order: HostedOrder, json: true | undefined): void {
  if (json === true) return out.json(order);
  out.line(`${order.number}: ${order.state}, order ${order.id}`);
  out.line(order.words);
  if (order.next !== '') out.line(order.next);
}
