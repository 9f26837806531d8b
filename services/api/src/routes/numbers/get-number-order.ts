import { findOrderedNumber } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { readRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { numberOrderSchema, presentNumberOrder } from '../../numbers/number-schemas.ts';

/** Tells how far a purchase is. */
export function getNumberOrder() {
  return readRoute({
    operationId: 'getNumberOrder',
    method: 'get',
    path: '/admin/number-orders/{id}',
    tag: 'Numbers',
    summary: 'How far a purchase is',
    description: 'Its state, why it did not come about or when and why its number went away, and what to do now.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The order', schema: numberOrderSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, params }) {
      const found = await inTenant((tx) => findOrderedNumber(tx, { orgId, id: params.id }));
      if (found === null) throw new Problem('not-found', 'The clinic has no order with this id.');
      return { status: 200 as const, body: presentNumberOrder(found) };
    },
  });
}
