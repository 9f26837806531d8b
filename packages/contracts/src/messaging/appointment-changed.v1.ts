import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const AppointmentChangedV1 = defineEvent({
  type: 'messaging.appointment-changed.v1',
  summary: 'A visit was confirmed, moved or cancelled, so that its reminders and follow-up are as the visit is now.',
  producers: ['payments'],
  outward: {
    itself: null,
    afterwards: 'texts the person before the visit, and after it when the clinic has words for that',
  },
  data: z.object({
    appointmentId: z.uuid(),
    contactId: z.uuid(),
    /** What happened. The consumer goes by the visit itself, so neither order nor repeats of these events matter. */
    state: z.enum(['confirmed', 'moved', 'cancelled']),
    startsAt: z.iso.datetime({ offset: true }),
  }),
  group: ({ appointmentId }) => appointmentId,
  example: {
    appointmentId: '0199d5a0-0000-7000-8000-000000000005',
    contactId: '0199d5a0-0000-7000-8000-000000000004',
    state: 'confirmed',
    startsAt: '2026-11-24T21:30:00Z',
  },
  badExamples: [
    {},
    {
      appointmentId: '0199d5a0-0000-7000-8000-000000000005',
      contactId: '0199d5a0-0000-7000-8000-000000000004',
      state: 'held',
      startsAt: '2026-11-24T21:30:00Z',
    },
  ],
});
