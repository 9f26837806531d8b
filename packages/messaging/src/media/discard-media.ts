import type { TenantTransaction } from '@frontdesk/db';
import type { Clock, Id, Random } from '@frontdesk/kernel';
import { claimDiscard, forgetDiscard } from '../postgres/discarded-media.ts';
import { retryDelay } from '../retry-delay.ts';
import { mediaRetries } from './judge-media.ts';
import type { MediaStore } from './media-ports.ts';

export type DiscardMedia = (media: { orgId: Id; mediaId: Id }) => Promise<void>;

/** Deletes a file whose row is gone. It is tried for ever: somebody wants it gone. */
export function makeDiscardMedia(ports: {
  inTenant: <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  store: MediaStore;
  clock: Clock;
  random: Random;
}): DiscardMedia {
  const { inTenant, store, clock, random } = ports;
  return async ({ orgId, mediaId }) => {
    const again = (attempt: number) => clock().add(retryDelay({ attempt }, mediaRetries, random));
    const storageKey = await inTenant(orgId, (tx) => claimDiscard(tx, { orgId, mediaId, now: clock(), again }));
    if (storageKey === null) return;
    await store.delete(storageKey);
    await inTenant(orgId, (tx) => forgetDiscard(tx, { orgId, mediaId, now: clock() }));
  };
}
