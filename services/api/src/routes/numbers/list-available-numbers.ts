import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { shownNumberSchema } from '../../contract/schemas.ts';
import { carrierAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { carrierSchema } from '../../numbers/number-schemas.ts';

const usualLimit = 10;

const wishes = {
  carrier: carrierSchema.optional().meta({ description: 'whose numbers: telnyx when left out' }),
  areaCode: z
    .string()
    .regex(/^[2-9]\d{2}$/, 'it is no area code')
    .optional()
    .meta({ description: 'three digits', examples: ['480'] }),
  contains: z
    .string()
    .regex(/^\d{2,7}$/, 'it is not 2 to 7 digits')
    .optional()
    .meta({ description: 'digits that it is to contain, 2 to 7 of them', examples: ['2663'] }),
  locality: z
    .string()
    .regex(/^[A-Za-z][A-Za-z .'-]{1,59}$/, 'it is no name of a city')
    .optional()
    .meta({ description: 'the city, 2 to 60 letters', examples: ['Scottsdale'] }),
  state: z
    .string()
    .regex(/^[A-Z]{2}$/, 'it is not two capital letters')
    .optional()
    .meta({ description: 'two capital letters', examples: ['AZ'] }),
  tollFree: z.enum(['true', 'false']).optional().meta({ description: 'true for numbers that are free to call' }),
  limit: z
    .string()
    .regex(/^(?:[1-9]|[1-4]\d|50)$/, 'it is no whole number from 1 to 50')
    .optional()
    .meta({ description: 'how many at most, from 1 to 50; 10 when left out' }),
};

const answerSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          number: shownNumberSchema('a number that is for sale'),
          locality: z
            .string()
            .nullable()
            .meta({ description: 'the city that it belongs to, where the carrier says so' }),
          state: z.string().nullable().meta({ description: 'the two letters of its state, where the carrier says so' }),
          sms: z.boolean().meta({ description: 'whether it can send and take texts' }),
          mms: z.boolean().meta({ description: 'whether it can send and take pictures' }),
          voice: z.boolean().meta({ description: 'whether it takes calls' }),
          monthlyCents: z
            .number()
            .nullable()
            .meta({ description: 'what it costs in a month in cents of a dollar, where the carrier says so' }),
        }),
      )
      .meta({ description: 'what is for sale; none when nothing fits' }),
    next: z.string().meta({ description: 'what to do now, in words' }),
  })
  .meta({ id: 'AvailableNumbers', description: 'Numbers that are for sale now' });

/** What is for sale at a carrier. */
export function listAvailableNumbers(vendors: NumberVendors) {
  return readRoute({
    operationId: 'listAvailableNumbers',
    path: '/admin/available-numbers',
    tag: 'Numbers',
    summary: 'Numbers that are for sale',
    description:
      'Asks the carrier. Nothing is reserved: a number is the clinic’s when its order is assigned. Searches without any wish answer what the carrier likes to sell.',
    role: 'viewer',
    query: wishes,
    asksVendor: true,
    answer: { description: 'What is for sale', schema: answerSchema },
    problems: ['not-connected', 'vendor-refused'],
    async handle({ query }) {
      const { areaCode, contains, locality, state, tollFree, limit, carrier = 'telnyx' } = query;
      const wish = { areaCode, contains, locality, state, tollFree: tollFree === 'true' };
      const atMost = limit === undefined ? usualLimit : Number(limit);
      const found = await carrierAt(vendors, carrier).search({ ...wish, limit: atMost });
      const items = found.slice(0, atMost).map((each) => ({ ...each }));
      const next =
        items.length === 0
          ? 'Nothing fits: leave out the digits, or try a neighbouring area code or the state alone.'
          : 'Order one of them soon: nothing is reserved.';
      return { items, next };
    },
  });
}
