import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const SquarePaymentReportedV1 = defineEvent({
  type: 'payments.square-payment-reported.v1',
  summary:
    'Square told the state of a payment. Reports come in any order, any number of times, even before our own row.',
  producers: ['webhook-ingress'],
  outward: {
    itself: null,
    afterwards: 'texts patient and staff that the visit is booked, or what is wrong with the payment',
  },
  data: z.object({
    webhookEventId: z.uuid(),
    paymentId: z.string().min(1),
    orderId: z.string().min(1),
    status: z.enum(['APPROVED', 'PENDING', 'COMPLETED', 'CANCELED', 'FAILED']),
    amountCents: z.int().nonnegative(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** Square's `updated_at`: an older report never overwrites a newer one. */
    updatedAt: z.iso.datetime({ offset: true }),
  }),
  group: ({ orderId }) => orderId,
  example: {
    webhookEventId: '0199d5a0-0000-7000-8000-000000000007',
    paymentId: 'P1',
    orderId: 'O1',
    status: 'COMPLETED',
    amountCents: 5000,
    currency: 'USD',
    updatedAt: '2026-11-20T10:05:00.123Z',
  },
  badExamples: [
    {},
    {
      webhookEventId: '0199d5a0-0000-7000-8000-000000000007',
      paymentId: 'P1',
      orderId: 'O1',
      status: 'COMPLETED',
      amountCents: 49.99,
      currency: 'USD',
      updatedAt: '2026-11-20T10:05:00.123Z',
    },
  ],
});
