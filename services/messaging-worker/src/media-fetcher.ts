import type { Id, Logger } from '@frontdesk/kernel';
import type { FetchMedia } from '@frontdesk/messaging';
import { bulkhead, isBulkheadRejectedError } from 'cockatiel';

export type MediaFetcher = {
  /** Returns at once. What finds no place is found by the sweep. */
  fetchSoon(media: { orgId: Id; mediaId: Id }): void;
  /** Fetches as soon as there is a place, and throws what goes wrong. */
  fetch: FetchMedia;
  /** Resolves when nothing is being fetched. */
  idle(): Promise<void>;
};

/** So many files of at most 10 MB are in memory at once. */
const atOnce = 4;
const waitingAtMost = 200;

/** Fetches a few files at a time, whoever asks. */
export function createMediaFetcher({ fetchMedia, logger }: { fetchMedia: FetchMedia; logger: Logger }): MediaFetcher {
  const places = bulkhead(atOnce, waitingAtMost);
  const running = new Set<Promise<void>>();

  const fetch: FetchMedia = async (media) => {
    const run = places.execute(() => fetchMedia(media));
    running.add(run);
    try {
      await run;
    } finally {
      running.delete(run);
    }
  };

  return {
    fetch,
    fetchSoon(media) {
      fetch(media).catch((error: unknown) => {
        if (!isBulkheadRejectedError(error)) logger.warn({ ...media, error }, 'a file was left for the next round');
      });
    },
    async idle() {
      await Promise.allSettled(running);
    },
  };
}
