import { listHostedOrders } from '@frontdesk/numbers/postgres';
import { listRoute } from '../../contract/list-route.ts';
import { hostedOrderSchema, presentHostedOrder } from '../../numbers/hosted-schemas.ts';

/** The clinic's hosted lines, newest first. */
export const listHosted = () =>
  listRoute({
    operationId: 'listHostedOrders',
    path: '/admin/hosted-orders',
    tag: 'Hosted numbers',
    summary: 'The hosted lines of a clinic, newest first',
    description: 'Also those that did not come about, with the reason.',
    item: hostedOrderSchema,
    find: listHostedOrders,
    present: presentHostedOrder,
  });
