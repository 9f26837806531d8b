import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { makeSyncCarrierOptOuts, type CarrierOptOuts } from '@frontdesk/messaging';
import { optOutCounter } from '../opt-out-counter.ts';

const profilesPerRound = 50;

/** Reads the carrier's own lists of opt-outs, each at most once in `every`, the longest unread first. */
export function makeSyncDueCarrierOptOuts(ports: {
  database: Pick<TenantDatabase, 'lookUp' | 'inTenant'>;
  optOuts: CarrierOptOuts;
  clock: Clock;
  logger: Logger;
  every: Temporal.Duration;
}): () => Promise<void> {
  const { database, optOuts, clock, logger, every } = ports;
  const counted = optOutCounter();
  const sync = makeSyncCarrierOptOuts({
    inTenant: (orgId, work) => database.inTenant(orgId, work),
    optOuts,
    clock,
    every,
  });
  return async () => {
    const lookedBefore = new Date(clock().subtract(every).epochMilliseconds);
    const unread = await database.lookUp<{ org_id: string; messaging_profile_id: string }>`
      select org_id, messaging_profile_id
      from unread_messaging_profiles('telnyx', ${lookedBefore}, ${profilesPerRound}::int)`;
    for (const { org_id: orgId, messaging_profile_id: messagingProfileId } of unread) {
      try {
        const { stopped, resumed } = await sync({ orgId, messagingProfileId });
        if (stopped > 0) counted.add(stopped, { source: 'carrier' });
        if (stopped + resumed > 0) {
          logger.warn({ orgId, stopped, resumed }, 'the carrier knew of opt-outs that the desk did not');
        }
      } catch (error) {
        // The others get their turn; this list is read again after `every`.
        logger.error({ orgId, error }, "the carrier's list of opt-outs could not be read");
      }
    }
  };
}
