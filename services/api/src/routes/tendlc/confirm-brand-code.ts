import type { Clock } from '@frontdesk/kernel';
import { confirmOwnerCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, codeSchema } from '../../contract/schemas.ts';
import { askingForCode, takenCode, verifiedSchema } from '../../numbers/code-answers.ts';
import { registryAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    code: codeSchema('the code that came to the owner’s mobile phone'),
  })
  .meta({ id: 'ConfirmBrandCode', description: 'The code that came' });

/** Gives the registry the code that came to the owner's mobile phone. */
export function confirmBrandCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'confirmBrandCode',
    path: '/admin/tendlc/brands/{id}:verify',
    tag: 'Registration (10DLC)',
    summary: 'Enter the code that came to the owner’s mobile phone',
    description: 'Five tries for each code that is sent. Entered again after it was right, it is right again.',
    role: 'owner',
    body: bodySchema,
    answer: {
      description: 'The registry knows the owner; the brand follows within minutes',
      schema: verifiedSchema.meta({ id: 'ConfirmedBrandCode', description: 'The code was right' }),
    },
    ...askingForCode,
    async handle({ inTenant, id, body: { code }, asked }) {
      const answer = await confirmOwnerCode({ inTenant, registry: registryAt(vendors), clock }, { ...asked, id, code });
      if (answer.kind === 'not-found' || answer.kind === 'not-now') throw refuse(answer, 'brand');
      if (answer.kind === 'expired') {
        throw new Problem('conflict', 'The code has expired, as it does after 24 hours: have another one sent.');
      }
      return takenCode(answer, { taker: 'registry' });
    },
  });
}
