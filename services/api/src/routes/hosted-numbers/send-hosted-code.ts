import type { Clock } from '@frontdesk/kernel';
import { sendLineCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema } from '../../contract/schemas.ts';
import { askingForCode, sentCode } from '../../numbers/code-answers.ts';
import { refusedHosted } from '../../numbers/hosted-schemas.ts';
import { hostAt, type NumberVendors } from '../../numbers/number-vendors.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    method: z
      .enum(['sms', 'call'])
      .meta({ description: 'how the code comes to the line: sms, or call where it is a landline' }),
  })
  .meta({ id: 'SendHostedCode', description: 'How the code is to come' });

const answerSchema = z
  .strictObject({
    sent: z.boolean().meta({ description: 'false: the line is known to be the clinic’s already, and needs no code' }),
    leftToday: z.int().meta({ description: 'how many more codes can be sent today' }),
  })
  .meta({ id: 'SentHostedCode', description: 'Whether a code is on its way' });

/** Has the carrier send a code to the line. */
export function sendHostedCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'sendHostedCode',
    path: '/admin/hosted-orders/{id}:send-code',
    tag: 'Hosted numbers',
    summary: 'Have a code sent to the line',
    description:
      'At most one a minute and five a day, and five an hour to one line, whichever clinics ask. The newest code counts.',
    role: 'manager',
    body: bodySchema,
    answer: { description: 'It is sent', schema: answerSchema },
    ...askingForCode,
    async handle({ inTenant, id, body: { method }, asked, now }) {
      const ports = { inTenant, hosted: hostAt(vendors), countCode: vendors.countCode, clock };
      const answer = await sendLineCode(ports, { ...asked, id, method });
      if (answer.kind === 'not-found' || answer.kind === 'ended' || answer.kind === 'too-early')
        throw refusedHosted(answer.kind);
      return sentCode(answer, { sender: 'carrier', now });
    },
  });
}
