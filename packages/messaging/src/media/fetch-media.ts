import { failpoint, type Clock, type Id, type Random } from '@frontdesk/kernel';
import type { TenantTransaction } from '@frontdesk/db';
import { claimMedia, type ClaimedMedia } from '../postgres/claim-media.ts';
import { recordMedia } from '../postgres/record-media.ts';
import type { RetryPolicy } from '../retry-delay.ts';
import { judgeMiss, mediaRetries, type MediaVerdict } from './judge-media.ts';
import type { MediaSource, MediaStore } from './media-ports.ts';
import { keptMediaType } from './media-type.ts';

export type FetchMedia = (media: { orgId: Id; mediaId: Id }) => Promise<void>;

export type FetchMediaPorts = {
  inTenant: <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  source: MediaSource;
  store: MediaStore;
  clock: Clock;
  random: Random;
  retry?: RetryPolicy;
  /** Hears what became of each try. */
  onVerdict?: (media: ClaimedMedia, verdict: MediaVerdict) => void;
};

/**
 * Brings a file that came with a text from its carrier into the store, if that is due: claim and commit, fetch, look at its
 * bytes, store, record. Whoever dies on the way leaves a row that is due again, and the second try writes over the first.
 */
export function makeFetchMedia(ports: FetchMediaPorts): FetchMedia {
  const { inTenant, source, store, clock, random, retry = mediaRetries, onVerdict } = ports;

  async function bring(media: ClaimedMedia): Promise<MediaVerdict> {
    const outcome = await source.fetch(media);
    const judged = (miss: Exclude<typeof outcome, { kind: 'fetched' }>) =>
      judgeMiss(miss, { attempt: media.attempt, now: clock() }, { retry, random });
    if (outcome.kind !== 'fetched') return judged(outcome);
    const { bytes } = outcome;
    const contentType = await keptMediaType(bytes);
    if (contentType === null)
      return { state: 'refused', reason: 'it is no picture, video, sound, PDF or contact card' };
    try {
      await store.put({ key: media.storageKey, bytes, contentType });
    } catch (error) {
      return judged({ kind: 'retryable', code: storeFault(error) });
    }
    failpoint('media.after-store');
    return { state: 'stored', contentType, bytes: bytes.byteLength };
  }

  return async ({ orgId, mediaId }) => {
    const media = await inTenant(orgId, (tx) => claimMedia(tx, { orgId, mediaId, now: clock() }));
    if (media === null) return;
    const verdict = await bring(media);
    // A row that went meanwhile has left word that its file is to be deleted.
    const recorded = await inTenant(orgId, (tx) => recordMedia(tx, media, verdict, clock()));
    if (recorded) onVerdict?.(media, verdict);
  };
}

function storeFault(error: unknown): string {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'unknown';
  return `store-${name}`;
}
