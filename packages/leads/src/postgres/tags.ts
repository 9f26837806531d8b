import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { LeadTag } from '../lead.ts';

export async function addTags(
  tx: TenantTransaction,
  { orgId, contactId, tags, now }: { orgId: Id; contactId: Id; tags: readonly LeadTag[]; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update leads set tags = array(select distinct tag from unnest(tags || ${tags}::text[]) as tag order by tag),
      updated_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid and not tags @> ${tags}::text[]`;
}
