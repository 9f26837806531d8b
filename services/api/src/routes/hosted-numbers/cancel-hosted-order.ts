import { cancelHostedOrder } from '@frontdesk/numbers';
import { z } from 'zod';
import { Problem } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { refusedHosted } from '../../numbers/hosted-schemas.ts';

const bodySchema = z
  .strictObject({ orgId: clinicIdSchema })
  .meta({ id: 'CancelHostedOrder', description: 'Whose order it is' });
const answerSchema = z
  .strictObject({ id: idSchema })
  .meta({ id: 'CancelledHostedOrder', description: 'The order that is being cancelled' });

/** Ends a hosted order that has not come about. */
export function cancelHosted() {
  return changeRoute({
    operationId: 'cancelHostedOrder',
    path: '/admin/hosted-orders/{id}:cancel',
    tag: 'Hosted numbers',
    summary: 'Cancel a hosted order',
    description: 'As long as it is not activated; a line that is gets released like every number.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'It is being cancelled', schema: answerSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, asked }) {
      const answer = await cancelHostedOrder(tx, { ...asked, id });
      if (answer.kind === 'ended') {
        throw new Problem(
          'conflict',
          'The order has ended. A line that is activated is given up with POST /admin/numbers:release.',
        );
      }
      if (answer.kind !== 'done') throw refusedHosted(answer.kind);
      return { id };
    },
  });
}
