import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { LookAfter } from '@frontdesk/numbers';
import { workThrough, type FoundRow } from '@frontdesk/queue';

const perRound = 20;

/** Looks after the registrations that no alarm brought, though they have been due for `grace`. */
export function makeLookAfterRegistrations(ports: {
  database: Pick<TenantDatabase, 'lookUp'>;
  lookAfter: LookAfter;
  clock: Clock;
  logger: Logger;
  grace: Temporal.Duration;
}): () => Promise<void> {
  const { database, lookAfter, clock, logger, grace } = ports;
  return async () => {
    const dueBefore = new Date(clock().subtract(grace).epochMilliseconds);
    const due = await database.lookUp<FoundRow>`
      select org_id, id from due_registrations(${dueBefore}, ${perRound}::int)`;
    await workThrough(due, lookAfter, logger);
  };
}
