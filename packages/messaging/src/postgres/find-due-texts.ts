import type { CarrierName } from '@frontdesk/contracts';
import { toDate, type TenantDatabase } from '@frontdesk/db';
import type { DueSearch, DueText } from '../send-fairly.ts';

type Row = { org_id: string; id: string; number: string; carrier: CarrierName };

/** Looks through the texts of all clinics that are due, in turns. */
export async function findDueTexts(
  database: Pick<TenantDatabase, 'lookUp'>,
  { priority, dueBefore, atMost, after, full }: DueSearch,
): Promise<DueText[]> {
  const rows = await database.lookUp<Row>`
    select org_id, id, number, carrier from fair_sends(${priority}::int, ${toDate(dueBefore)}, ${atMost}::int,
      ${after.orgId}::uuid, ${after.number}, ${full.numbers}::text[], ${full.carriers}::text[])`;
  return rows.map(({ org_id: orgId, id: messageId, number, carrier }) => ({ orgId, messageId, number, carrier }));
}
