import { findOrderedNumber } from '@frontdesk/numbers/postgres';
import { showRoute } from '../../contract/show-route.ts';
import { numberOrderSchema, presentNumberOrder } from '../../numbers/number-schemas.ts';

/** Tells how far a purchase is. */
export const getNumberOrder = () =>
  showRoute({
    operationId: 'getNumberOrder',
    path: '/admin/number-orders/{id}',
    tag: 'Numbers',
    summary: 'How far a purchase is',
    description: 'Its state, why it did not come about or when and why its number went away, and what to do now.',
    answer: { description: 'The order', schema: numberOrderSchema },
    what: 'order',
    find: findOrderedNumber,
    present: presentNumberOrder,
  });
