import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const DepositChangedV1 = defineEvent({
  type: 'conversation.deposit-changed.v1',
  summary: 'Where a deposit stands, so that the lead shows it and, after an expiry, new times are offered.',
  producers: ['payments'],
  outward: {
    itself: null,
    afterwards: 'texts the patient new times when the held one was lost',
  },
  data: z.object({
    conversationId: z.uuid(),
    contactId: z.uuid(),
    appointmentId: z.uuid(),
    status: z.enum(['not-needed', 'link_sent', 'failed', 'paid', 'expired', 'paid_without_slot', 'unavailable']),
  }),
  group: ({ conversationId }) => conversationId,
  example: {
    conversationId: '0199d5a0-0000-7000-8000-000000000001',
    contactId: '0199d5a0-0000-7000-8000-000000000004',
    appointmentId: '0199d5a0-0000-7000-8000-000000000005',
    status: 'paid',
  },
  badExamples: [
    {},
    {
      conversationId: '0199d5a0-0000-7000-8000-000000000001',
      contactId: '0199d5a0-0000-7000-8000-000000000004',
      appointmentId: '0199d5a0-0000-7000-8000-000000000005',
      status: 'refunded',
    },
  ],
});
