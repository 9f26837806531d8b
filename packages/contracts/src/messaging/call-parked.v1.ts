import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const CallParkedV1 = defineEvent({
  type: 'messaging.call-parked.v1',
  summary:
    'A call reached a number whose calls nobody takes: the carrier is told to reject it, which ends it as missed.',
  producers: ['webhook-ingress'],
  outward: {
    itself: 'tells the carrier to reject the call',
    afterwards: null,
  },
  data: z.object({ callId: z.uuid(), callControlId: z.string().min(1) }),
  group: ({ callId }) => callId,
  example: { callId: '0199d5a0-0000-7000-8000-000000000003', callControlId: 'v3:abc' },
  badExamples: [{}, { callId: '0199d5a0-0000-7000-8000-000000000003', callControlId: '' }],
});
