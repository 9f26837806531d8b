import type { CarrierName } from '@frontdesk/contracts';
import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** A file that this process alone fetches now. */
export type ClaimedMedia = {
  orgId: Id;
  id: Id;
  provider: CarrierName;
  url: string;
  storageKey: string;
  /** Which try this is, from 1. */
  attempt: number;
};

/** Longer than carrier and store may take together. Then its process has died, and it is due again. */
const inHandFor = Temporal.Duration.from({ minutes: 3 });

/** Takes a file that is due; null when it is not, or in other hands. The first try does not ask ingress' clock. */
export async function claimMedia(
  tx: TenantTransaction,
  { orgId, mediaId, now }: { orgId: Id; mediaId: Id; now: Temporal.Instant },
): Promise<ClaimedMedia | null> {
  const [media] = await tx.$queryRaw<ClaimedMedia[]>`
    update inbound_media set attempts = attempts + 1, next_attempt_at = ${toDate(now.add(inHandFor))}
    where org_id = ${orgId}::uuid and id = ${mediaId}::uuid and state = 'queued'
      and (attempts = 0 or next_attempt_at <= ${toDate(now)})
    returning org_id as "orgId", id, provider, url, storage_key as "storageKey", attempts::int as attempt`;
  return media ?? null;
}
