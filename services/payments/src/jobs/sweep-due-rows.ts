import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { workThrough, type DueRow, type FoundRow } from '@frontdesk/queue';

const rowsPerRound = 100;

/** Does what no alarm did: links that are still to be made, holds whose end is still to be settled. */
export function makeSweep({
  database,
  clock,
  logger,
  makeLink,
  endHold,
}: {
  database: Pick<TenantDatabase, 'lookUp'>;
  clock: Clock;
  logger: Logger;
  makeLink: (row: DueRow) => Promise<void>;
  endHold: (row: DueRow) => Promise<void>;
}): () => Promise<void> {
  return async () => {
    const now = new Date(clock().epochMilliseconds);
    const links = await database.lookUp<FoundRow>`
      select org_id, id from due_deposit_links(${now}, ${rowsPerRound}::int)`;
    await workThrough(links, makeLink, logger);
    const holds = await database.lookUp<FoundRow>`
      select org_id, id from run_out_holds(${now}, ${rowsPerRound}::int)`;
    await workThrough(holds, endHold, logger);
  };
}
