import { explainEligibility } from '@frontdesk/numbers';
import { z } from 'zod';
import { phoneAt } from '../../contract/phone.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, shownNumberSchema } from '../../contract/schemas.ts';
import { clinicNumberSchema } from '../../numbers/number-schemas.ts';
import { hostAt, type NumberVendors } from '../../numbers/number-vendors.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    numbers: z.array(clinicNumberSchema).min(1).max(10).meta({ description: 'one to ten lines of the clinic' }),
  })
  .meta({ id: 'CheckHostedNumbers', description: 'Lines whose texts might be hosted' });

const answerSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          number: shownNumberSchema('the line'),
          eligible: z.boolean().meta({ description: 'true: its texts can be hosted' }),
          status: z.string().meta({ description: 'the carrier’s word, for machines' }),
          words: z.string().meta({ description: 'what that means' }),
          next: z.string().meta({ description: 'what the clinic can do' }),
        }),
      )
      .meta({ description: 'each line that was asked about' }),
  })
  .meta({ id: 'HostedEligibility', description: 'Whether the texts of each line can be hosted' });

/** Whether texts of the clinic's own lines can be hosted. */
export function checkHostedNumbers(vendors: NumberVendors) {
  return repeatableRoute({
    operationId: 'checkHostedNumbers',
    path: '/admin/hosted-numbers:check',
    tag: 'Hosted numbers',
    summary: 'Whether texts of these lines can be hosted',
    description:
      'Hosting gives the desk the texts of a line that the clinic already has; its calls stay where they are. Nothing is ordered.',
    role: 'manager',
    body: bodySchema,
    asksVendor: true,
    answer: { description: 'What the carrier says of each', schema: answerSchema },
    problems: ['not-connected', 'vendor-refused'],
    async handle({ body }) {
      const numbers = body.numbers.map((each, n) => phoneAt({ pointer: `#/numbers/${n}` }, each));
      const found = await hostAt(vendors).checkEligibility(numbers);
      const items = found.map(({ number, eligible, status, detail }) => {
        const { words, mend } = explainEligibility(status, detail);
        return { number, eligible, status, words, next: mend };
      });
      return { items };
    },
  });
}
