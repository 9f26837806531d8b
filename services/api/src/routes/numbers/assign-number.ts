import { changeNumber } from '@frontdesk/numbers';
import { z } from 'zod';
import { phoneAt } from '../../contract/phone.ts';
import { wrongField } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, phoneSchema, shownNumberSchema } from '../../contract/schemas.ts';
import { callHandlingSchema, clinicNumberSchema, locationIdSchema } from '../../numbers/number-schemas.ts';
import { noSuchNumber } from '../../numbers/refused-request.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    number: clinicNumberSchema,
    locationId: locationIdSchema.optional().meta({ description: 'the location that it goes to' }),
    callHandling: callHandlingSchema.optional(),
    transferTo: phoneSchema
      .nullable()
      .optional()
      .meta({
        description:
          'the number of a person who is to take its calls; null for none. It is kept and checked, and not used yet: the desk hands no calls over',
        examples: ['+16025550199'],
      }),
  })
  .meta({ id: 'AssignNumber', description: 'What changes; what is left out stays' });

const answerSchema = z
  .strictObject({ number: shownNumberSchema('the number that was changed') })
  .meta({ id: 'AssignedNumber', description: 'What was changed' });

/** Moves a number to another location, or changes what happens to its calls. */
export function assignClinicNumber() {
  return changeRoute({
    operationId: 'assignNumber',
    path: '/admin/numbers:assign',
    tag: 'Numbers',
    summary: 'Change where a number is and what happens to its calls',
    description:
      'Texts on their way are not touched. Calls cannot be handed to a number whose calls come to the desk: they would go in circles.',
    role: 'manager',
    body: bodySchema,
    answer: { description: 'It is so', schema: answerSchema },
    problems: ['not-found'],
    async handle({ tx, body, asked }) {
      const number = phoneAt({ pointer: '#/number' }, body.number);
      const { locationId, callHandling } = body;
      const transferTo =
        typeof body.transferTo === 'string' ? phoneAt({ pointer: '#/transferTo' }, body.transferTo) : body.transferTo;
      const answer = await changeNumber(tx, { ...asked, number, locationId, callHandling, transferTo });
      switch (answer.kind) {
        case 'changed':
          return { number };
        case 'not-the-clinics':
          throw noSuchNumber();
        case 'no-such-location':
          throw wrongField('/locationId', 'the clinic has no such location', 'give the id of one of its locations');
        case 'transfer-to-desk':
          throw wrongField(
            '/transferTo',
            'calls to it come to the desk',
            'give the number of a person or of a front desk',
          );
      }
    },
  });
}
