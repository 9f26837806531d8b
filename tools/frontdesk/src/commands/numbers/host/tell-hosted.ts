import type { z } from 'zod';
import type { AdminClient } from '../../../admin/admin-client.ts';
import { hostedOrder } from '../../../admin/answers.ts';
import { waitFor } from '../../../admin/wait-for.ts';
import type { CommandContext } from '../../../context.ts';

type HostedOrder = z.infer<typeof hostedOrder>;

export const lookAtHosted = (admin: AdminClient, id: string): Promise<HostedOrder> =>
  admin.ask('getHostedOrder', hostedOrder, { id });

/** How far a line is, and what the clinic is to do now; with `wait` once there is something for it to do. */
export async function tellHosted(
  context: CommandContext,
  admin: AdminClient,
  {
    id,
    wait,
    json,
    isNews = () => true,
  }: {
    id: string;
    wait: number | string | undefined;
    json: true | undefined;
    /** Whether what is seen is newer than what the clinic did. */
    isNews?: (order: HostedOrder) => boolean;
  },
): Promise<void> {
  const { out } = context;
  const look = () => lookAtHosted(admin, id);
  const isOver = (order: HostedOrder) => order.step !== 'wait' && isNews(order);
  const lookLater = `frontdesk numbers host show ${id}`;
  const order = wait === undefined ? await look() : await waitFor(context, { look, isOver, wait, lookLater });
  if (json === true) return out.json(order);
  out.line(`${order.number}: ${order.state}, order ${order.id}`);
  out.line(order.words);
  if (order.next !== '') out.line(order.next);
}
