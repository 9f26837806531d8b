import { listHostedOrders } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { pageOfFound, pageOfRequest } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, pageOf, pageQuery } from '../../contract/schemas.ts';
import { hostedOrderSchema, presentHostedOrder } from '../../numbers/hosted-schemas.ts';

/** The clinic's hosted lines, newest first. */
export function listHosted() {
  return readRoute({
    operationId: 'listHostedOrders',
    method: 'get',
    path: '/admin/hosted-orders',
    tag: 'Hosted numbers',
    summary: 'The hosted lines of a clinic, newest first',
    description: 'Also those that did not come about, with the reason.',
    role: 'viewer',
    clinicIn: 'query',
    query: z.strictObject({ orgId: clinicIdSchema, ...pageQuery }),
    answers: { 200: { description: 'One page', schema: pageOf(hostedOrderSchema) } },
    problems: [],
    async handle({ inTenant, orgId, query }) {
      const page = pageOfRequest(query);
      const found = await inTenant((tx) =>
        listHostedOrders(tx, { orgId, before: page.before, atMost: page.atMost + 1 }),
      );
      const { items, nextCursor } = pageOfFound(found, page);
      return { status: 200 as const, body: { items: items.map(presentHostedOrder), nextCursor } };
    },
  });
}
