import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { makeDiscardMedia, makeFetchMedia, type MediaSource } from '@frontdesk/messaging';
import { createSweep, type Handler, type Sweep } from '@frontdesk/queue';
import { meter, type WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { onMediaReceived } from './handlers/media-received.ts';
import { makeDeleteDiscardedMedia } from './jobs/delete-discarded-media.ts';
import { makeFetchDueMedia } from './jobs/fetch-due-media.ts';
import { createMediaFetcher } from './media-fetcher.ts';
import { mediaSource, mediaStore } from './compose-media-places.ts';

/** Everything about files that come with texts: the handler of their event, their sweeps, and the wait for those in hand. */
export function composeMedia({
  config,
  database,
  whatsApp,
  clock,
  logger,
}: {
  config: WorkConfig<Config>;
  database: TenantDatabase;
  /** Where files at Meta come from; null when no clinic's number is there. */
  whatsApp: MediaSource | null;
  clock: Clock;
  logger: Logger;
}): { handler: Handler; sweeps: Sweep[]; idle(): Promise<void> } {
  const files = meter().createCounter('frontdesk_messaging_media_tries', {
    description: 'tries to fetch a file that came with a text, by carrier and by what became of it',
  });
  const inTenant: TenantDatabase['inTenant'] = (orgId, work) => database.inTenant(orgId, work);
  const store = mediaStore(config);
  const fetchMedia = makeFetchMedia({
    inTenant,
    source: mediaSource(config, whatsApp),
    store,
    clock,
    random: Math.random,
    onVerdict: ({ provider }, { state }) => files.add(1, { provider, outcome: state }),
  });
  const discardMedia = makeDiscardMedia({ inTenant, store, clock, random: Math.random });
  const fetcher = createMediaFetcher({ fetchMedia, logger });
  const everyMs = config.SWEEP_EVERY_MS;
  const grace = Temporal.Duration.from({ milliseconds: everyMs });
  return {
    handler: onMediaReceived({ fetcher, clock }),
    sweeps: [
      createSweep({
        name: 'files that are due',
        everyMs,
        sweep: makeFetchDueMedia({ database, fetchMedia: fetcher.fetch, clock, logger, grace }),
        logger,
      }),
      createSweep({
        name: 'files to delete',
        everyMs,
        sweep: makeDeleteDiscardedMedia({ database, discardMedia, clock, logger }),
        logger,
      }),
    ],
    idle: () => fetcher.idle(),
  };
}
