import type { Envelope } from '@frontdesk/contracts';
import { recordInInbox, type TenantDatabase, type TenantTransaction } from '@frontdesk/db';
import { isId } from '@frontdesk/kernel';

/**
 * Ends an event that tells of somebody who was erased since: one of the ids that it names is gone for good. It counts as handled.
 * Returns false when it tells of nobody like that.
 */
export async function dropLateNews<Tx extends TenantTransaction>(
  database: TenantDatabase<Tx>,
  { orgId, correlationId, data }: Envelope,
  { consumer, inboxId: eventId }: { consumer: string; inboxId: string },
): Promise<boolean> {
  const named = typeof data === 'object' && data !== null ? Object.values(data) : [];
  const ids = [correlationId, ...named].filter((value) => typeof value === 'string').filter(isId);
  return database.inTenant(orgId, async (tx) => {
    const erased = await tx.$queryRaw<unknown[]>`
      select 1 from erased_ids where org_id = ${orgId}::uuid and id = any (${ids}::uuid[]) limit 1`;
    if (erased.length === 0) return false;
    await recordInInbox(tx, { consumer, eventId, orgId });
    return true;
  });
}
