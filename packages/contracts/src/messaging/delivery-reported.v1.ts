import { z } from 'zod';
import { carriers } from '../carriers.ts';
import { defineEvent } from '../define-event.ts';

export const DeliveryReportedV1 = defineEvent({
  type: 'messaging.delivery-reported.v1',
  summary: 'The carrier told what became of a text. Reports come in any order and more than once.',
  producers: ['webhook-ingress'],
  outward: {
    itself: null,
    afterwards: 'texts the person again, as a template or by SMS, when WhatsApp could not bring the text otherwise',
  },
  data: z.object({
    webhookEventId: z.uuid(),
    /** Events from before there were two carriers name none. */
    provider: z.enum(carriers).default('telnyx'),
    /** The attempt named in the webhook address; null when the address carries none. */
    attemptId: z.uuid().nullable(),
    providerMessageId: z.string().min(1),
    status: z.enum(['sent', 'delivered', 'read', 'undelivered', 'failed', 'unconfirmed']),
    errorCode: z.string().nullable(),
  }),
  group: ({ providerMessageId }) => providerMessageId,
  example: {
    webhookEventId: '0199d5a0-0000-7000-8000-000000000007',
    provider: 'telnyx',
    attemptId: '0199d5a0-0000-7000-8000-000000000008',
    providerMessageId: '40385f64-0000-4000-8000-00000000000a',
    status: 'delivered',
    errorCode: null,
  },
  badExamples: [
    {},
    {
      webhookEventId: '0199d5a0-0000-7000-8000-000000000007',
      attemptId: null,
      providerMessageId: '',
      status: 'delivered',
      errorCode: null,
    },
  ],
});
