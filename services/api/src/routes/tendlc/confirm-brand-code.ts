import type { Clock } from '@frontdesk/kernel';
import { confirmOwnerCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, codeSchema, idSchema } from '../../contract/schemas.ts';
import { codeNotTaken } from '../../numbers/code-problems.ts';
import { registryAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    code: codeSchema('the code that came to the owner’s mobile phone'),
  })
  .meta({ id: 'ConfirmBrandCode' });

const answerSchema = z.strictObject({ verified: z.literal(true) }).meta({ id: 'ConfirmedBrandCode' });

/** Gives the registry the code that came to the owner's mobile phone. */
export function confirmBrandCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'confirmBrandCode',
    method: 'post',
    path: '/admin/tendlc/brands/{id}:verify',
    tag: 'Registration (10DLC)',
    summary: 'Enter the code that came to the owner’s mobile phone',
    description: 'Five tries for each code that is sent. Entered again after it was right, it is right again.',
    role: 'owner',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: bodySchema,
    asksVendor: true,
    answers: {
      200: { description: 'The registry knows the owner; the brand follows within minutes', schema: answerSchema },
    },
    problems: ['not-found', 'conflict', 'not-connected', 'vendor-refused'],
    async handle({ inTenant, orgId, params, body, principal, requestId }) {
      const ports = { inTenant, registry: registryAt(vendors), clock };
      const actor = `api:${principal.subject}`;
      const answer = await confirmOwnerCode(ports, { orgId, id: params.id, actor, requestId, code: body.code });
      switch (answer.kind) {
        case 'verified':
          return { status: 200 as const, body: { verified: true as const } };
        case 'expired':
          throw new Problem('conflict', 'The code has expired, as it does after 24 hours: have another one sent.');
        case 'wrong':
        case 'no-tries-left':
        case 'no-code':
          throw codeNotTaken(answer);
        case 'refused':
          throw new Problem('vendor-refused', `The registry does not take the code: ${answer.reason}`);
        case 'not-found':
        case 'not-now':
          throw refuse(answer, 'brand');
      }
    },
  });
}
