import { toDate, type TenantTransaction } from '@frontdesk/db';
import { present, type Id } from '@frontdesk/kernel';
import type { Lead } from '../lead.ts';
import { toLead, type LeadRow } from './lead-row.ts';

/** The lead of a contact, in one round trip. The first contact makes it, and its source stays. */
export async function findOrCreateLead(
  tx: TenantTransaction,
  { orgId, contactId, source, now }: { orgId: Id; contactId: Id; source: Lead['source']; now: Temporal.Instant },
): Promise<Lead> {
  const find = () => tx.$queryRaw<LeadRow[]>`
    with made as (
      insert into leads (org_id, contact_id, source, created_at, updated_at)
      select ${orgId}::uuid, ${contactId}::uuid, ${source}, ${toDate(now)}, ${toDate(now)}
      where not exists (select from leads where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid)
      on conflict (org_id, contact_id) do nothing
      returning *)
    select * from made union all
    select * from leads where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid`;
  const [row] = await find();
  // Made by another transaction after the statement began: the next statement sees it.
  return toLead(row ?? present((await find())[0], 'the lead'));
}
