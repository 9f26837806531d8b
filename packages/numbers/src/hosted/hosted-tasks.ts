import type { Id } from '@frontdesk/kernel';
import { lostCause } from '../orders/order-tasks.ts';
import type { HostedOrder } from '../postgres/hosted-orders.ts';
import { explainHosted } from './standing.ts';

type Task = { orgId: Id; reason: string; causeKey: string; now: Temporal.Instant };

/** An order that goes on, or another one of the same line, is what the clinic was told to see to. */
const complaints = ({ number }: HostedOrder) => `hosted-order:${number}:`;
const documents = ({ id }: HostedOrder) => `hosted-documents:${id}:`;

/** The line could not be hosted, or the carrier wants other documents. */
export function complaintTask(order: HostedOrder, now: Temporal.Instant): Task {
  const { orgId, id, number, state, documentsSentAt } = order;
  const { words, next } = explainHosted(state, order);
  const causeKey = `${complaints(order)}${id}:${state}:${documentsSentAt?.toString() ?? ''}`;
  return { orgId, reason: `Hosting ${number}: ${words} ${next}`, causeKey, now };
}

export function documentsTask(
  order: HostedOrder,
  { why, keptAt, now }: { why: string; keptAt: Date; now: Temporal.Instant },
): Task {
  const reason = `Hosting ${order.number}: the carrier does not take the documents: ${why} Send both again.`;
  return { orgId: order.orgId, reason, causeKey: `${documents(order)}${keptAt.toISOString()}`, now };
}

/** What the causes of tasks begin with that are no more, now that the order is where it is. */
export function goneWith(order: HostedOrder): string[] {
  switch (order.state) {
    case 'documents-wanted':
      return [];
    case 'failed':
      return [documents(order)];
    case 'pending':
    case 'verifying':
      return [complaints(order)];
    case 'in-review':
    case 'cancelled':
      return [complaints(order), documents(order)];
    case 'activated':
      return [complaints(order), documents(order), lostCause(order.number)];
  }
}
