import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** The location that is named, or the clinic's only one. */
export async function locationOf(
  tx: TenantTransaction,
  { orgId, locationId }: { orgId: Id; locationId: Id | null },
): Promise<{ kind: 'found'; id: Id } | { kind: 'no-such-location' } | { kind: 'which-location' }> {
  const found = await tx.$queryRaw<{ id: Id }[]>`
    select id from locations
    where org_id = ${orgId}::uuid and (${locationId}::uuid is null or id = ${locationId}::uuid) limit 2`;
  const [only, another] = found;
  if (only === undefined) return { kind: 'no-such-location' };
  return another === undefined ? { kind: 'found', id: only.id } : { kind: 'which-location' };
}
