import type { Clock } from '@frontdesk/kernel';
import { confirmLineCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, codeSchema } from '../../contract/schemas.ts';
import { askingForCode, takenCode, verifiedSchema } from '../../numbers/code-answers.ts';
import { refusedHosted } from '../../numbers/hosted-schemas.ts';
import { hostAt, type NumberVendors } from '../../numbers/number-vendors.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    code: codeSchema('the code that came to the line'),
  })
  .meta({ id: 'ConfirmHostedCode', description: 'The code that came' });

/** Gives the carrier the code that came to the line. */
export function confirmHostedCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'confirmHostedCode',
    path: '/admin/hosted-orders/{id}:confirm-code',
    tag: 'Hosted numbers',
    summary: 'Enter the code that came to the line',
    description: 'Five tries for each code that is sent.',
    role: 'manager',
    body: bodySchema,
    answer: {
      description: 'The line is known to be the clinic’s',
      schema: verifiedSchema.meta({ id: 'ConfirmedHostedCode', description: 'The code was right' }),
    },
    ...askingForCode,
    async handle({ inTenant, id, body: { code }, asked }) {
      const answer = await confirmLineCode({ inTenant, hosted: hostAt(vendors), clock }, { ...asked, id, code });
      if (answer.kind === 'not-found' || answer.kind === 'ended' || answer.kind === 'too-early')
        throw refusedHosted(answer.kind);
      return takenCode(answer, { taker: 'carrier' });
    },
  });
}
