import { readHostedOrder } from '@frontdesk/numbers/postgres';
import { showRoute } from '../../contract/show-route.ts';
import { hostedOrderSchema, presentHostedOrder } from '../../numbers/hosted-schemas.ts';

/** Tells how far a hosted line is. */
export const getHostedOrder = () =>
  showRoute({
    operationId: 'getHostedOrder',
    path: '/admin/hosted-orders/{id}',
    tag: 'Hosted numbers',
    summary: 'How far a hosted line is, and what is next',
    description: 'Its state in words, the carrier’s own words, and what the clinic is to do now.',
    answer: { description: 'The order', schema: hostedOrderSchema },
    what: 'hosted order',
    find: readHostedOrder,
    present: presentHostedOrder,
  });
