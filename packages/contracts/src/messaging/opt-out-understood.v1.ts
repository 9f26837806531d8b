import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const OptOutUnderstoodV1 = defineEvent({
  type: 'messaging.opt-out-understood.v1',
  summary:
    'The model read in a text that the person wants no more texts, where no rule saw it. The opt-out is still to be recorded.',
  producers: ['conversation-worker'],
  outward: {
    // A person's consent is not changed by a rehearsal.
    itself: 'stops the texts to a person',
    afterwards: 'texts the one confirmation of the opt-out',
  },
  data: z.object({
    /** The inbound text in which it was read. */
    messageId: z.uuid(),
    contactId: z.uuid(),
  }),
  group: ({ contactId }) => contactId,
  example: {
    messageId: '0199d5a0-0000-7000-8000-000000000002',
    contactId: '0199d5a0-0000-7000-8000-000000000004',
  },
  badExamples: [{}, { messageId: '0199d5a0-0000-7000-8000-000000000002' }],
});
