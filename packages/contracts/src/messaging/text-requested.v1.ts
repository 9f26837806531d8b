import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const TextRequestedV1 = defineEvent({
  type: 'messaging.text-requested.v1',
  summary: 'A text is wanted. Its row, with the words, was written in the same transaction.',
  producers: ['conversation-worker', 'payments', 'messaging-worker', 'api'],
  outward: {
    itself: 'hands the text to the carrier, when it has not been tried before',
    afterwards: null,
  },
  data: z.object({ messageId: z.uuid(), recipientId: z.uuid() }),
  group: ({ recipientId }) => recipientId,
  example: {
    messageId: '0199d5a0-0000-7000-8000-000000000006',
    recipientId: '0199d5a0-0000-7000-8000-000000000004',
  },
  badExamples: [{}, { messageId: 6, recipientId: '0199d5a0-0000-7000-8000-000000000004' }],
});
