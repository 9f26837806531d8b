import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Id, Logger } from '@frontdesk/kernel';

type Row = { orgId: Id; id: Id };
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
  makeLink: (row: Row) => Promise<void>;
  endHold: (row: Row) => Promise<void>;
}): () => Promise<void> {
  return async () => {
    const now = new Date(clock().epochMilliseconds);
    const links = await database.lookUp<{ org_id: Id; id: Id }>`
      select org_id, id from due_deposit_links(${now}, ${rowsPerRound}::int)`;
    await each(links, makeLink);
    const holds = await database.lookUp<{ org_id: Id; id: Id }>`
      select org_id, id from run_out_holds(${now}, ${rowsPerRound}::int)`;
    await each(holds, endHold);
  };

  /** One after the other; a row that fails stands in nobody's way and is found again by the next round. */
  async function each(rows: { org_id: Id; id: Id }[], work: (row: Row) => Promise<void>): Promise<void> {
    for (const { org_id: orgId, id } of rows) {
      try {
        await work({ orgId, id });
      } catch (error) {
        logger.warn({ orgId, id, error }, 'a due row was left for the next round');
      }
    }
  }
}
