import type { Id } from '@frontdesk/kernel';
import type pg from 'pg';
import { jsonRows } from './json-rows.ts';

/** A file that came with a text, still at its carrier. */
export type MediaRow = {
  orgId: Id;
  id: Id;
  messageId: Id;
  ordinal: number;
  provider: string;
  url: string;
  contentType: string | null;
  createdAt: Temporal.Instant;
};

/** Writes the files of texts that are written already; each is due at once. */
export async function storeMedia(client: pg.ClientBase, media: readonly MediaRow[]): Promise<void> {
  if (media.length === 0) return;
  await client.query({
    name: 'store-media',
    text: `
      insert into inbound_media (org_id, id, message_id, ordinal, provider, url, content_type, next_attempt_at,
        created_at, state_at)
      select org_id, id, message_id, ordinal, provider, url, content_type, created_at, created_at, created_at
      from jsonb_to_recordset($1::jsonb) as m (org_id uuid, id uuid, message_id uuid, ordinal smallint, provider text,
        url text, content_type text, created_at timestamptz)`,
    values: [
      jsonRows(
        media.map((each) => ({
          org_id: each.orgId,
          id: each.id,
          message_id: each.messageId,
          ordinal: each.ordinal,
          provider: each.provider,
          url: each.url,
          content_type: each.contentType,
          created_at: each.createdAt,
        })),
      ),
    ],
  });
}
