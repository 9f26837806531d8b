import { works } from '@frontdesk/numbers';
import { statusOfClinic } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { readRoute } from '../../contract/route.ts';
import { shownNumberSchema } from '../../contract/schemas.ts';
import { carrierSchema } from '../../numbers/number-schemas.ts';
import { brandSchema, presentBrand } from '../../tendlc/brand-schemas.ts';

const numberSchema = z.strictObject({
  number: shownNumberSchema('a number of the clinic'),
  carrier: carrierSchema,
  mayText: z.enum(['yes', 'refused', 'if-verified', 'elsewhere']).meta({
    description:
      'yes; refused (carriers refuse its texts); if-verified (toll-free, as far as its verification goes); elsewhere (registered where the desk does not see it)',
  }),
  words: z.string().meta({ description: 'why, for people' }),
  errorCode: z.string().nullable().meta({ description: 'the carrier’s error for what is sent all the same' }),
  works: z.array(z.enum(works)).meta({ description: 'what works from this number now' }),
  next: z.string().nullable().meta({ description: 'what to do next; null when nothing is left to do' }),
  usually: z.string().nullable().meta({ description: 'how long that usually takes' }),
});

const statusSchema = z
  .strictObject({
    numbers: z.array(numberSchema).meta({ description: 'every number of the clinic' }),
    meanwhile: z.string().nullable().meta({
      description:
        'what leaves while carriers refuse texts of some number: by what, and until when; null when they refuse none',
    }),
    brand: brandSchema.nullable().meta({ description: 'the one that counts: verified, or else the newest' }),
    tMobileToday: z
      .strictObject({
        taken: z
          .int()
          .meta({ description: 'parts of texts that left since midnight in California, to whatever carrier' }),
        atMost: z.int().meta({ description: 'how many parts T-Mobile takes of the brand in a day' }),
        warning: z.string().nullable().meta({ description: 'what to expect when much of it is used up; else null' }),
      })
      .nullable()
      .meta({ description: 'what is used of the brand’s day at T-Mobile; null without a brand that has one' }),
    hostedLines: z
      .array(
        z.strictObject({
          number: shownNumberSchema('the line'),
          state: z.string().meta({ description: 'as of its hosted order' }),
        }),
      )
      .meta({ description: 'lines whose texts are on their way to the desk' }),
  })
  .meta({ id: 'RegistrationStatus', description: 'What may leave from each number, and what works meanwhile' });

/** Tells what may leave from each number, what works meanwhile, and what to do next. */
export function getRegistrationStatus() {
  return readRoute({
    operationId: 'getRegistrationStatus',
    path: '/admin/tendlc/status',
    tag: 'Registration (10DLC)',
    summary: 'What may leave from each number now, what works meanwhile, and what to do next',
    description:
      'Texts from ten-digit numbers without a live campaign are refused by carriers; much works all the same.',
    role: 'viewer',
    answer: { description: 'The status of the clinic', schema: statusSchema },
    async handle({ inTenant, orgId, role, now }) {
      const { numbers, meanwhile, brand, day, hostedLines } = await inTenant((tx) =>
        statusOfClinic(tx, { orgId, now }),
      );
      return {
        numbers: numbers.map((number) => ({ ...number, works: [...number.works] })),
        meanwhile,
        brand: brand === null ? null : presentBrand(brand, role, now),
        tMobileToday: day,
        hostedLines: [...hostedLines],
      };
    },
  });
}
