import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { DiscardMedia } from '@frontdesk/messaging';
import { workThrough, type FoundRow } from '@frontdesk/queue';

const filesPerRound = 50;

/** Deletes files whose rows are gone from the store. */
export function makeDeleteDiscardedMedia(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  discardMedia: DiscardMedia;
  clock: Clock;
  logger: Logger;
}): () => Promise<void> {
  const { database, discardMedia, clock, logger } = ports;
  return async () => {
    const now = new Date(clock().epochMilliseconds);
    const due = await database.lookUp<FoundRow>`
      select org_id, id from due_discarded_media(${now}, ${filesPerRound}::int)`;
    await workThrough(due, ({ orgId, id }) => discardMedia({ orgId, mediaId: id }), logger);
  };
}
