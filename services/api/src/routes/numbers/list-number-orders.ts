import { listOrderedNumbers } from '@frontdesk/numbers/postgres';
import { listRoute } from '../../contract/list-route.ts';
import { numberOrderSchema, presentNumberOrder } from '../../numbers/number-schemas.ts';

/** What the clinic ordered, newest first. */
export const listOrders = () =>
  listRoute({
    operationId: 'listNumberOrders',
    path: '/admin/number-orders',
    tag: 'Numbers',
    summary: 'The numbers that were ordered, newest first',
    description: 'Also those that did not come about, with the reason, and those whose number was given up since.',
    item: numberOrderSchema,
    find: listOrderedNumbers,
    present: presentNumberOrder,
  });
