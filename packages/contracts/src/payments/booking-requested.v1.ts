import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const BookingRequestedV1 = defineEvent({
  type: 'payments.booking-requested.v1',
  summary: 'The patient agreed to a held time. Payments sends the deposit link, or confirms at once when none is due.',
  producers: ['conversation-worker'],
  outward: {
    itself: 'asks Square for a deposit link, when there is none',
    afterwards: 'texts the link or the confirmation to the patient, and staff',
  },
  data: z.object({ appointmentId: z.uuid(), patientType: z.enum(['new', 'returning']) }),
  group: ({ appointmentId }) => appointmentId,
  example: { appointmentId: '0199d5a0-0000-7000-8000-000000000005', patientType: 'new' },
  badExamples: [{}, { appointmentId: '0199d5a0-0000-7000-8000-000000000005', patientType: 'vip', amountCents: 1 }],
});
