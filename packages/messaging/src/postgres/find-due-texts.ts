import type { CarrierName, Channel } from '@frontdesk/contracts';
import { toDate, type TenantDatabase } from '@frontdesk/db';
import type { DueSearch, DueText } from '../send-fairly.ts';

type Row = { org_id: string; id: string; number: string; channel: Channel; carrier: CarrierName };

/** Looks through the texts of all clinics that are due, in turns. */
export async function findDueTexts(
  database: Pick<TenantDatabase, 'lookUp'>,
  { priority, dueBefore, atMost, after, full }: DueSearch,
): Promise<DueText[]> {
  const rows = await database.lookUp<Row>`
    select org_id, id, number, channel, carrier from fair_sends(${priority}::int, ${toDate(dueBefore)}, ${atMost}::int,
      ${after.orgId}::uuid, ${after.number}, ${after.channel}, ${full.places}::text[], ${full.carriers}::text[])`;
  return rows.map(({ org_id: orgId, id: messageId, ...place }) => ({ orgId, messageId, ...place }));
}
