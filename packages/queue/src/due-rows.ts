import type { Logger } from '@frontdesk/kernel';
import type { DueRow } from './alarms/alarms.ts';

/** A row as the look-up functions of the database answer it. */
export type FoundRow = { org_id: string; id: string };

const atOnce = 10;

/** Works through rows that a sweep found, a few side by side. One that fails is left for the next round. */
export async function workThrough(
  rows: readonly FoundRow[],
  work: (row: DueRow) => Promise<unknown>,
  logger: Logger,
): Promise<void> {
  const attempt = async ({ org_id: orgId, id }: FoundRow) => {
    try {
      await work({ orgId, id });
    } catch (error) {
      logger.warn({ orgId, id, error }, 'a due row was left for the next round');
    }
  };
  for (let first = 0; first < rows.length; first += atOnce) {
    await Promise.all(rows.slice(first, first + atOnce).map(attempt));
  }
}
