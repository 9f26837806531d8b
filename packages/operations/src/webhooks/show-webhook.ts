import type { OperatorDatabase } from '@frontdesk/db';
import { NotFound } from '@frontdesk/kernel';
import { asPublished, eventColumns, type PublishedEvent, type PublishedRow } from '../events/list-events.ts';
import { listWebhooks, type StoredWebhook } from './list-webhooks.ts';
import { replaysOf, type WebhookReplayState } from './replay-webhooks.ts';

export type WebhookStory = StoredWebhook & {
  /** What it caused, as far as it is published. */
  events: PublishedEvent[];
  replays: WebhookReplayState[];
};

/**
 * A stored webhook, what it caused and how it was replayed.
 * @throws NotFound when there is none
 */
export async function showWebhook(database: OperatorDatabase, id: string): Promise<WebhookStory> {
  const [webhook] = await listWebhooks(database, { ids: [id] }, 1);
  if (webhook === undefined) throw new NotFound(`no webhook ${id} is stored`);
  const replays = await replaysOf(database, [id]);
  // Its events are published moments after it was stored, or was taken in again.
  const moments = [webhook.verifiedAt, ...replays.map(({ requestedAt }) => requestedAt)].toSorted();
  const events = await database.search<PublishedRow>(
    `select ${eventColumns}, e.published_at as "publishedAt" from event_log e
     where e.envelope ->> 'causationId' = $1 and e.published_at >= $2::timestamptz - interval '1 minute'
       and e.published_at < $3::timestamptz + interval '1 day'
     order by e.position limit 20`,
    [id, moments[0], moments.at(-1)],
  );
  return { ...webhook, events: events.map(asPublished), replays };
}
