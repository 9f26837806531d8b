import { MediaReceivedV1 } from '@frontdesk/contracts';
import type { OutboxRow } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type { ReceivedText } from '@frontdesk/providers/telnyx-webhooks';
import type { MediaRow } from '../postgres/store-media.ts';
import type { TextRow } from '../postgres/store-texts.ts';
import { outboxRowOf } from './outbox-row-of.ts';
import type { Addressed } from './webhook.ts';

/** The files of a text, whoever handles its words, and the events that let them be fetched. */
export function mediaOfText(
  webhook: Addressed<ReceivedText>,
  { orgId, id: messageId, conversationId, provider, createdAt }: TextRow,
): { media: MediaRow[]; events: OutboxRow[] } {
  const media = webhook.content.media.map((file, ordinal) => ({
    orgId,
    id: newId(),
    messageId,
    ordinal,
    provider,
    ...file,
    createdAt,
  }));
  const events = media.map(({ id: mediaId }) => outboxRowOf(webhook, conversationId, MediaReceivedV1, { mediaId }));
  return { media, events };
}
