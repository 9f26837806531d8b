import { explainHosted, hostedStates } from '@frontdesk/numbers';
import type { HostedOrder } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { notFound, Problem } from '../contract/problems.ts';
import { idSchema, instantSchema, shownNumberSchema, stateAtSchema } from '../contract/schemas.ts';

export const hostedOrderSchema = z
  .strictObject({
    id: idSchema,
    number: shownNumberSchema('the line'),
    locationId: idSchema,
    state: z.enum(hostedStates).meta({
      description: 'pending, verifying, documents-wanted, in-review, activated, failed or cancelled',
    }),
    words: z.string().meta({ description: 'what that means, for people' }),
    step: z
      .enum(['wait', 'verify', 'send-documents', 'order-again', 'none'])
      .meta({ description: 'what the clinic is to do next, for machines' }),
    next: z.string().meta({ description: 'what the clinic is to do next, for people' }),
    carrierSays: z
      .strictObject({
        order: z.string().nullable().meta({ description: 'its word for the order; null until it was asked' }),
        number: z.string().nullable().meta({ description: 'its word for the line in it; null until it was asked' }),
      })
      .meta({ description: 'the carrier’s own words, when it was last asked' }),
    verifiedAt: instantSchema.nullable().meta({ description: 'when the code was right' }),
    documentsSentAt: instantSchema.nullable().meta({ description: 'when the carrier got the documents' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({ id: 'HostedOrder', description: 'A line whose texts the clinic wants the desk to have' });

export function presentHostedOrder(order: HostedOrder): z.input<typeof hostedOrderSchema> {
  const { id, number, locationId, state, orderStatus, numberStatus, verifiedAt, documentsSentAt } = order;
  return {
    id,
    number,
    locationId,
    state,
    ...explainHosted(state, order),
    carrierSays: { order: orderStatus, number: numberStatus },
    verifiedAt: verifiedAt?.toString() ?? null,
    documentsSentAt: documentsSentAt?.toString() ?? null,
    createdAt: order.createdAt.toString(),
    stateAt: order.stateAt.toString(),
  };
}

/** Why nothing can be done with a hosted order now, as the caller is told. */
export function refusedHosted(kind: 'not-found' | 'ended' | 'too-early'): Problem {
  switch (kind) {
    case 'not-found':
      return notFound('hosted order');
    case 'ended':
      return new Problem('conflict', 'The order has ended; GET /admin/hosted-orders/{id} says how.');
    case 'too-early':
      return new Problem('conflict', 'The carrier does not have the order yet: ask again in a few seconds.');
  }
}
