import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const CallEndedV1 = defineEvent({
  type: 'conversation.call-ended.v1',
  summary: 'A call to the clinic ended. Two seconds later it is judged: answered, or missed and to be texted back.',
  producers: ['webhook-ingress'],
  outward: {
    itself: null,
    afterwards: 'texts the missed caller, and staff after a hand-over',
  },
  data: z.object({ callId: z.uuid() }),
  group: ({ callId }) => callId,
  example: { callId: '0199d5a0-0000-7000-8000-000000000003' },
  badExamples: [{}, { callId: '' }],
});
