import { WhatsAppTextReceivedV1 } from '@frontdesk/contracts';
import { recordAudit } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import { findTextToShowAsRead } from '@frontdesk/messaging/postgres';
import { on } from '@frontdesk/queue';
import type { ReadMarker } from '../read-marker.ts';

/** Somebody wrote on WhatsApp: their phone shows that it was read and that somebody writes, once and beside the queue. */
export const onWhatsAppTextReceived = ({ marker, clock }: { marker: ReadMarker; clock: Clock }) =>
  on(WhatsAppTextReceivedV1, async ({ orgId, data: { messageId } }, once) => {
    const now = clock();
    const text = await once(async (tx) => {
      const subject = { type: 'inbound_message', id: messageId };
      await recordAudit(tx, { orgId, actor: 'messaging-worker', action: 'text shown as read', subject, at: now });
      return findTextToShowAsRead(tx, { orgId, messageId, now });
    });
    if (text !== null) marker.markSoon(text, { orgId, messageId });
  });
