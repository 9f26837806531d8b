import type { Clock } from '@frontdesk/kernel';
import { sendLineCode } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { refusedHosted } from '../../numbers/hosted-schemas.ts';
import { hostAt, type NumberVendors } from '../../numbers/number-vendors.ts';
import { tooManyCodes } from '../../numbers/code-problems.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    method: z
      .enum(['sms', 'call'])
      .meta({ description: 'how the code comes to the line: sms, or call where it is a landline' }),
  })
  .meta({ id: 'SendHostedCode' });

const answerSchema = z
  .strictObject({
    sent: z.boolean().meta({ description: 'false: the line is known to be the clinic’s already, and needs no code' }),
    leftToday: z.int().meta({ description: 'how many more codes can be sent today' }),
  })
  .meta({ id: 'SentHostedCode' });

/** Has the carrier send a code to the line. */
export function sendHostedCode({ vendors, clock }: { vendors: NumberVendors; clock: Clock }) {
  return repeatableRoute({
    operationId: 'sendHostedCode',
    method: 'post',
    path: '/admin/hosted-orders/{id}:send-code',
    tag: 'Hosted numbers',
    summary: 'Have a code sent to the line',
    description: 'At most one a minute and five a day. The newest code counts.',
    role: 'manager',
    clinicIn: 'body',
    params: z.strictObject({ id: idSchema }),
    body: bodySchema,
    asksVendor: true,
    answers: { 200: { description: 'It is sent', schema: answerSchema } },
    problems: ['not-found', 'conflict', 'not-connected', 'vendor-refused'],
    async handle({ inTenant, orgId, params, body, principal, requestId, now }) {
      const ports = { inTenant, hosted: hostAt(vendors), clock };
      const actor = `api:${principal.subject}`;
      const answer = await sendLineCode(ports, { orgId, id: params.id, actor, requestId, method: body.method });
      switch (answer.kind) {
        case 'sent':
          return { status: 200 as const, body: { sent: true, leftToday: answer.leftToday } };
        case 'verified':
          return { status: 200 as const, body: { sent: false, leftToday: 0 } };
        case 'wait':
          throw tooManyCodes(answer, now);
        case 'refused':
          throw new Problem('vendor-refused', `The carrier sends no code: ${answer.reason}`);
        case 'not-found':
        case 'ended':
        case 'too-early':
          throw refusedHosted(answer.kind);
      }
    },
  });
}
