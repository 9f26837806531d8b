import type { Envelope } from '@frontdesk/contracts';
import type { TenantDatabase, TenantTransaction } from '@frontdesk/db';
import { isId } from '@frontdesk/kernel';

/** Whether an event tells of somebody who was erased since: one of the ids that it names is gone for good. */
export async function concernsErased<Tx extends TenantTransaction>(
  database: TenantDatabase<Tx>,
  { orgId, correlationId, data }: Envelope,
): Promise<boolean> {
  const named = typeof data === 'object' && data !== null ? Object.values(data) : [];
  const ids = [correlationId, ...named].filter((value) => typeof value === 'string').filter(isId);
  return database.inTenant(orgId, async (tx) => {
    const rows = await tx.$queryRaw<unknown[]>`
      select 1 from erased_ids where org_id = ${orgId}::uuid and id = any (${ids}::uuid[]) limit 1`;
    return rows.length > 0;
  });
}
