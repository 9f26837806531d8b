import type { Clock } from '@frontdesk/kernel';
import { confirmLineCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, codeSchema, idSchema } from '../../contract/schemas.ts';
import { codeNotTaken } from '../../numbers/code-problems.ts';
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
        case 'no-tries-left':
        case 'no-code':
          throw codeNotTaken(answer);
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
