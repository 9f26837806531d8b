import type { Clock } from '@frontdesk/kernel';
import { sendOwnerCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema } from '../../contract/schemas.ts';
import { askingForCode, sentCode } from '../../numbers/code-answers.ts';
import { registryAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

const answerSchema = z
  .strictObject({
    sent: z.boolean().meta({ description: 'false: the registry knows the owner already, and needs no code' }),
    leftToday: z.int().meta({ description: 'how many more codes can be sent to this phone today' }),
  })
  .meta({ id: 'SentBrandCode', description: 'Whether a code is on its way' });

/** Has the registry text a code to the mobile phone of a sole proprietor. */
export function sendBrandCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'sendBrandCode',
    path: '/admin/tendlc/brands/{id}:send-code',
    tag: 'Registration (10DLC)',
    summary: 'Have the code of a sole proprietor sent to the owner’s mobile phone',
    description:
      'At most one a minute and five a day to a phone, and five an hour, whichever clinics ask. The newest code counts, for 24 hours.',
    role: 'owner',
    body: z.strictObject({ orgId: clinicIdSchema }).meta({ id: 'SendBrandCode', description: 'Whose brand it is' }),
    answer: { description: 'It is sent', schema: answerSchema },
    ...askingForCode,
    async handle({ inTenant, id, asked, now }) {
      const ports = { inTenant, registry: registryAt(vendors), countCode: vendors.countCode, clock };
      const answer = await sendOwnerCode(ports, { ...asked, id });
      if (answer.kind === 'not-found' || answer.kind === 'not-now') throw refuse(answer, 'brand');
      return sentCode(answer, { sender: 'registry', now });
    },
  });
}
