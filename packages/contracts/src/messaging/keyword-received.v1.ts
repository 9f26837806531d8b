import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const KeywordReceivedV1 = defineEvent({
  type: 'messaging.keyword-received.v1',
  summary: 'A text was STOP, HELP or START in some wording. An opt-out is already recorded; an answer may be due.',
  producers: ['webhook-ingress'],
  outward: {
    itself: null,
    afterwards: 'texts the answer to STOP, HELP or START',
  },
  data: z.object({
    messageId: z.uuid(),
    contactId: z.uuid(),
    keyword: z.enum(['stop', 'help', 'start']),
    /** The carrier already answered the person, so the desk must not. */
    answeredByCarrier: z.boolean(),
  }),
  group: ({ contactId }) => contactId,
  example: {
    messageId: '0199d5a0-0000-7000-8000-000000000002',
    contactId: '0199d5a0-0000-7000-8000-000000000004',
    keyword: 'stop',
    answeredByCarrier: true,
  },
  badExamples: [
    {},
    {
      messageId: '0199d5a0-0000-7000-8000-000000000002',
      contactId: '0199d5a0-0000-7000-8000-000000000004',
      keyword: 'pause',
      answeredByCarrier: false,
    },
  ],
});
