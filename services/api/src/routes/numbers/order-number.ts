import { requestNumberOrder } from '@frontdesk/numbers';
import { z } from 'zod';
import { phoneAt } from '../../contract/phone.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import {
  callHandlingSchema,
  carrierSchema,
  clinicNumberSchema,
  locationIdSchema,
} from '../../numbers/number-schemas.ts';
import { carrierAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { refusedRequest } from '../../numbers/refused-request.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    number: clinicNumberSchema.meta({ description: 'one of the available numbers', examples: ['+14805550142'] }),
    carrier: carrierSchema.optional().meta({ description: 'who sells it: telnyx when left out' }),
    locationId: locationIdSchema.optional().meta({ description: 'where it is to be; needed when there are several' }),
    callHandling: callHandlingSchema.optional().meta({
      description:
        'ring (somebody else may answer the call) or reject (the clinic forwards on no-answer, so each call that arrives is missed); ring when left out',
    }),
  })
  .meta({ id: 'OrderNumber', description: 'A number to buy' });

const answerSchema = z
  .strictObject({ id: idSchema })
  .meta({ id: 'OrderedNumber', description: 'The order, by whose id one looks how far it is' });

/** Orders a number for the clinic. */
export function orderNumber(vendors: NumberVendors) {
  return changeRoute({
    operationId: 'orderNumber',
    path: '/admin/number-orders',
    tag: 'Numbers',
    summary: 'Buy a number',
    description:
      'The order is kept and the number bought, set up and assigned within seconds; GET /admin/number-orders/{id} shows how far it is. A number that cannot be set up is given back.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'It is ordered', schema: answerSchema },
    problems: ['conflict', 'not-connected'],
    async handle({ tx, body, asked }) {
      const { carrier = 'telnyx', locationId = null, callHandling = 'ring' } = body;
      const number = phoneAt({ pointer: '#/number' }, body.number);
      carrierAt(vendors, carrier);
      const answer = await requestNumberOrder(tx, { ...asked, carrier, number, locationId, callHandling });
      if (answer.kind !== 'requested') throw refusedRequest(answer.kind);
      return { id: answer.id };
    },
  });
}
