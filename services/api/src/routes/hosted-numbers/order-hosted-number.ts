import { requestHostedOrder } from '@frontdesk/numbers';
import { z } from 'zod';
import { phoneAt } from '../../contract/phone.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { clinicNumberSchema, locationIdSchema } from '../../numbers/number-schemas.ts';
import { hostAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { refusedRequest } from '../../numbers/refused-request.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    number: clinicNumberSchema.meta({ description: 'a line that the clinic already has', examples: ['+14805550177'] }),
    locationId: locationIdSchema.optional().meta({ description: 'where it is; needed when there are several' }),
  })
  .meta({ id: 'OrderHostedNumber', description: 'A line whose texts the desk is to have' });

const answerSchema = z
  .strictObject({ id: idSchema })
  .meta({ id: 'OrderedHostedNumber', description: 'The order, by whose id one looks what is next' });

/** Orders that the texts of a line come to the desk. */
export function orderHostedNumber(vendors: NumberVendors) {
  return changeRoute({
    operationId: 'orderHostedNumber',
    path: '/admin/hosted-orders',
    tag: 'Hosted numbers',
    summary: 'Have the texts of a line hosted',
    description:
      'Then a code shows that the line is the clinic’s, and letter of authorisation and phone bill are sent. GET /admin/hosted-orders/{id} always says what is next. It takes one to three working days.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'It is ordered', schema: answerSchema },
    problems: ['conflict', 'not-connected'],
    async handle({ tx, body, asked }) {
      const number = phoneAt({ pointer: '#/number' }, body.number);
      hostAt(vendors);
      const { locationId = null } = body;
      const answer = await requestHostedOrder(tx, { ...asked, number, locationId });
      if (answer.kind !== 'requested') throw refusedRequest(answer.kind);
      return { id: answer.id };
    },
  });
}
