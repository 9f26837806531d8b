import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { FetchMedia } from '@frontdesk/messaging';
import { workThrough, type FoundRow } from '@frontdesk/queue';

const filesPerRound = 50;

/** Fetches files that neither the queue has brought, though they have been due for `grace`, nor an earlier try. */
export function makeFetchDueMedia(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  fetchMedia: FetchMedia;
  clock: Clock;
  logger: Logger;
  grace: Temporal.Duration;
}): () => Promise<void> {
  const { database, fetchMedia, clock, logger, grace } = ports;
  return async () => {
    const dueBefore = new Date(clock().subtract(grace).epochMilliseconds);
    const due = await database.lookUp<FoundRow>`
      select org_id, id from due_media(${dueBefore}, ${filesPerRound}::int)`;
    await workThrough(due, ({ orgId, id }) => fetchMedia({ orgId, mediaId: id }), logger);
  };
}
