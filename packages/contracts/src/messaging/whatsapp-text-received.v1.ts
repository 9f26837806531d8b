import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const WhatsAppTextReceivedV1 = defineEvent({
  type: 'messaging.whatsapp-text-received.v1',
  summary:
    'A person wrote on WhatsApp. A doorbell: their phone is to show that it was read, and that an answer is coming.',
  producers: ['webhook-ingress'],
  outward: {
    itself: 'marks the message as read',
    afterwards: null,
  },
  data: z.object({ messageId: z.uuid() }),
  group: ({ messageId }) => messageId,
  example: { messageId: '0199d5a0-0000-7000-8000-000000000002' },
  badExamples: [{}, { messageId: 'wamid.HBgL0001' }],
});
