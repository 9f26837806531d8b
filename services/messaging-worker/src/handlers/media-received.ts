import { MediaReceivedV1 } from '@frontdesk/contracts';
import { recordAudit } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import { on } from '@frontdesk/queue';
import type { MediaFetcher } from '../media-fetcher.ts';

/** A file came with a text. It is fetched at once but beside the queue, so that a slow carrier keeps no text waiting. */
export const onMediaReceived = ({ fetcher, clock }: { fetcher: MediaFetcher; clock: Clock }) =>
  on(MediaReceivedV1, async ({ orgId, data: { mediaId } }, once) => {
    const subject = { type: 'inbound_media', id: mediaId };
    const entry = { orgId, actor: 'messaging-worker', action: 'media asked for', subject, at: clock() };
    await once((tx) => recordAudit(tx, entry));
    fetcher.fetchSoon({ orgId, mediaId });
  });
