import { assertMayLeave } from '@frontdesk/kernel';
import type { ReadReceipts } from '@frontdesk/messaging/ports';
import { demandGraph } from './graph-failure.ts';
import type { MetaNumberSettings } from './text-gateway.ts';

/** The blue ticks, and for up to 25 s the three dots of somebody who writes. */
export function metaReadReceipts({ tokenOf, ...settings }: MetaNumberSettings): ReadReceipts {
  return {
    async markRead({ messagingProfileId, providerMessageId }) {
      assertMayLeave('mark a message as read at Meta');
      await demandGraph('mark a message as read', settings, {
        method: 'POST',
        path: [messagingProfileId, 'messages'],
        token: await tokenOf(messagingProfileId),
        json: {
          messaging_product: 'whatsapp',
          status: 'read',
          message_id: providerMessageId,
          typing_indicator: { type: 'text' },
        },
      });
    },
  };
}
