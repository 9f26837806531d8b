import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const TextReceivedV1 = defineEvent({
  type: 'conversation.text-received.v1',
  summary: 'A patient texted. A doorbell: the worker takes all unanswered texts of the conversation and answers once.',
  producers: ['webhook-ingress', 'conversation-worker'],
  outward: {
    itself: 'asks the model for an answer, when a text of the conversation is still unanswered',
    afterwards: 'texts the answer to the patient, asks staff, or asks Square for a deposit link',
  },
  data: z.object({ conversationId: z.uuid(), messageId: z.uuid() }),
  group: ({ conversationId }) => conversationId,
  example: {
    conversationId: '0199d5a0-0000-7000-8000-000000000001',
    messageId: '0199d5a0-0000-7000-8000-000000000002',
  },
  badExamples: [{}, { conversationId: 'sms:+14805550123', messageId: '0199d5a0-0000-7000-8000-000000000002' }],
});
