import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const MediaReceivedV1 = defineEvent({
  type: 'messaging.media-received.v1',
  summary: 'A picture or another file came with a text. A doorbell: the carrier keeps it only for a while.',
  producers: ['webhook-ingress'],
  outward: {
    itself: 'fetches the file from the carrier, when it is not stored yet',
    afterwards: null,
  },
  data: z.object({ mediaId: z.uuid() }),
  group: ({ mediaId }) => mediaId,
  example: { mediaId: '0199d5a0-0000-7000-8000-00000000000b' },
  badExamples: [{}, { mediaId: 'https://media.example.test/1.jpg' }],
});
