import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

type Which = { orgId: Id; id: Id };

/**
 * Keeps what the provider calls it, so that its events find it.
 * @throws a unique violation when another registration goes by that name
 */
export async function keepExternalId(
  tx: TenantTransaction,
  { orgId, id, externalId }: Which & { externalId: string },
): Promise<void> {
  await tx.$executeRaw`
    update registrations set external_id = ${externalId} where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** The provider's events no longer concern it, and the name is free for others. */
export async function dropExternalId(tx: TenantTransaction, { orgId, id }: Which): Promise<void> {
  await tx.$executeRaw`update registrations set external_id = null where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}
