import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** Whether it is one of the clinic's locations. */
export async function hasLocation(
  tx: TenantTransaction,
  { orgId, locationId }: { orgId: Id; locationId: Id },
): Promise<boolean> {
  const [found] = await tx.$queryRaw<unknown[]>`
    select 1 from locations where org_id = ${orgId}::uuid and id = ${locationId}::uuid`;
  return found !== undefined;
}
