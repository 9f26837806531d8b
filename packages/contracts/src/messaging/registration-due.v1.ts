import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const RegistrationDueV1 = defineEvent({
  type: 'messaging.registration-due.v1',
  summary:
    'Somebody wants a number, a sender, a template or a registration brought forward, or the provider has news of it. A doorbell: its row and the provider know how far it is.',
  producers: ['api', 'webhook-ingress', 'messaging-worker'],
  outward: {
    itself: 'asks the provider how far it is, and for the next step',
    afterwards: null,
  },
  data: z.object({
    registrationId: z.uuid(),
    /** What the provider’s event says that cannot be asked for later. Null when somebody else rang. */
    news: z
      .object({ status: z.string().max(100).nullable(), reasons: z.array(z.string().max(1_000)).max(20) })
      .nullable(),
  }),
  group: ({ registrationId }) => registrationId,
  example: {
    registrationId: '0199d5a0-0000-7000-8000-00000000000c',
    news: { status: 'REJECTED', reasons: ['The opt-in is not described.'] },
  },
  badExamples: [{}, { registrationId: '0199d5a0-0000-7000-8000-00000000000c' }, { registrationId: 'C1', news: null }],
});
