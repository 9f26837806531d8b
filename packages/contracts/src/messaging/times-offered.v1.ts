import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const TimesOfferedV1 = defineEvent({
  type: 'messaging.times-offered.v1',
  summary: 'Times were offered by a clinic that follows up on offers which nobody answers.',
  producers: ['conversation-worker'],
  outward: {
    itself: null,
    afterwards: 'texts the person once when they stay silent',
  },
  data: z.object({ conversationId: z.uuid() }),
  group: ({ conversationId }) => conversationId,
  example: { conversationId: '0199d5a0-0000-7000-8000-000000000001' },
  badExamples: [{}, { conversationId: 4 }],
});
