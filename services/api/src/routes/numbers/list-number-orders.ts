import { listOrderedNumbers } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { pageOfFound, pageOfRequest } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, pageOf, pageQuery } from '../../contract/schemas.ts';
import { numberOrderSchema, presentNumberOrder } from '../../numbers/number-schemas.ts';

/** What the clinic ordered, newest first. */
export function listOrders() {
  return readRoute({
    operationId: 'listNumberOrders',
    method: 'get',
    path: '/admin/number-orders',
    tag: 'Numbers',
    summary: 'The numbers that were ordered, newest first',
    description: 'Also those that did not come about, with the reason, and those whose number was given up since.',
    role: 'viewer',
    clinicIn: 'query',
    query: z.strictObject({ orgId: clinicIdSchema, ...pageQuery }),
    answers: { 200: { description: 'One page', schema: pageOf(numberOrderSchema) } },
    problems: [],
    async handle({ inTenant, orgId, query }) {
      const page = pageOfRequest(query);
      const found = await inTenant((tx) =>
        listOrderedNumbers(tx, { orgId, before: page.before, atMost: page.atMost + 1 }),
      );
      const { items, nextCursor } = pageOfFound(found, page);
      return { status: 200 as const, body: { items: items.map(presentNumberOrder), nextCursor } };
    },
  });
}
