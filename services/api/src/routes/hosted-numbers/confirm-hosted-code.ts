import type { Clock } from '@frontdesk/kernel';
import { confirmLineCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem, wrongField } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, codeSchema, idSchema } from '../../contract/schemas.ts';
import { refusedHosted } from '../../numbers/hosted-schemas.ts';
import { hostAt, type NumberVendors } from '../../numbers/number-vendors.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    code: codeSchema('the code that came to the line'),
  })
  .meta({ id: 'ConfirmHostedCode' });

const answerSchema = z.strictObject({ verified: z.literal(true) }).meta({ id: 'ConfirmedHostedCode' });

/** Gives the carrier the code that came to the line. */
export function confirmHostedCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'confirmHostedCode',
    method: 'post',
    path: '/admin/hosted-orders/{id}:confirm-code',
    tag: 'Hosted numbers',
    summary: 'Enter the code that came to the line',
    description: 'Five tries for each code that is sent.',
    role: 'manager',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: bodySchema,
    asksVendor: true,
    answers: { 200: { description: 'The line is known to be the clinic’s', schema: answerSchema } },
    problems: ['not-found', 'conflict', 'not-connected', 'vendor-refused'],
    async handle({ inTenant, orgId, params, body, principal, requestId }) {
      const ports = { inTenant, hosted: hostAt(vendors), clock };
      const actor = `api:${principal.subject}`;
      const answer = await confirmLineCode(ports, { orgId, id: params.id, actor, requestId, code: body.code });
      switch (answer.kind) {
        case 'verified':
          return { status: 200 as const, body: { verified: true as const } };
        case 'wrong':
          throw wrongField(
            '/code',
            `it is not the code; ${answer.triesLeft} tries are left`,
            triesMend(answer.triesLeft),
          );
        case 'no-tries-left':
          throw new Problem('conflict', 'No tries are left for this code: have another one sent.');
        case 'no-code':
          throw new Problem('conflict', 'No code was sent yet: have one sent first.');
        case 'refused':
          throw new Problem('vendor-refused', `The carrier does not take the code: ${answer.reason}`);
        case 'not-found':
        case 'ended':
        case 'too-early':
          throw refusedHosted(answer.kind);
      }
    },
  });
}

const triesMend = (left: number) => (left > 0 ? 'give the newest code as it came' : 'have another code sent');
