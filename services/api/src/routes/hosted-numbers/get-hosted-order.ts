import { readHostedOrder } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { hostedOrderSchema, presentHostedOrder, refusedHosted } from '../../numbers/hosted-schemas.ts';

/** Tells how far a hosted line is. */
export function getHostedOrder() {
  return readRoute({
    operationId: 'getHostedOrder',
    method: 'get',
    path: '/admin/hosted-orders/{id}',
    tag: 'Hosted numbers',
    summary: 'How far a hosted line is, and what is next',
    description: 'Its state in words, the carrier’s own words, and what the clinic is to do now.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The order', schema: hostedOrderSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, params }) {
      const found = await inTenant((tx) => readHostedOrder(tx, { orgId, id: params.id }));
      if (found === null) throw refusedHosted('not-found');
      return { status: 200 as const, body: presentHostedOrder(found) };
    },
  });
}
