import type { Clock } from '@frontdesk/kernel';
import { sendOwnerCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { registryAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { tooManyCodes } from '../../numbers/code-problems.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

const answerSchema = z
  .strictObject({
    sent: z.boolean().meta({ description: 'false: the registry knows the owner already, and needs no code' }),
    leftToday: z.int().meta({ description: 'how many more codes can be sent to this phone today' }),
  })
  .meta({ id: 'SentBrandCode' });

/** Has the registry text a code to the mobile phone of a sole proprietor. */
export function sendBrandCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'sendBrandCode',
    method: 'post',
    path: '/admin/tendlc/brands/{id}:send-code',
    tag: 'Registration (10DLC)',
    summary: 'Have the code of a sole proprietor sent to the owner’s mobile phone',
    description: 'At most one a minute and five a day to a phone. The newest code counts, for 24 hours.',
    role: 'owner',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: z.strictObject({ orgId: clinicIdSchema }).meta({ id: 'SendBrandCode' }),
    asksVendor: true,
    answers: { 200: { description: 'It is sent', schema: answerSchema } },
    problems: ['not-found', 'conflict', 'not-connected', 'vendor-refused'],
    async handle({ inTenant, orgId, params, principal, requestId, now }) {
      const ports = { inTenant, registry: registryAt(vendors), clock };
      const actor = `api:${principal.subject}`;
      const answer = await sendOwnerCode(ports, { orgId, id: params.id, actor, requestId });
      switch (answer.kind) {
        case 'sent':
          return { status: 200 as const, body: { sent: true, leftToday: answer.leftToday } };
        case 'verified':
          return { status: 200 as const, body: { sent: false, leftToday: 0 } };
        case 'wait':
          throw tooManyCodes(answer, now);
        case 'refused':
          throw new Problem('vendor-refused', `The registry sends no code: ${answer.reason}`);
        case 'not-found':
        case 'not-now':
          throw refuse(answer, 'brand');
      }
    },
  });
}
