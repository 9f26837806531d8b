import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** The number that a text leaves from: the one of the conversation while it is the clinic's, else the clinic's first. */
export async function sendingNumber(
  tx: TenantTransaction,
  { orgId, preferred }: { orgId: Id; preferred: string | null },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ e164: string }[]>`
    select e164 from phone_numbers where org_id = ${orgId}::uuid
    order by e164 = ${preferred}::text desc nulls last, e164 limit 1`;
  return row?.e164 ?? null;
}

/** Texts to one person are asked for one after another, so that their events are in the order of their commits. */
export async function lockRecipient(
  tx: TenantTransaction,
  { orgId, contactId }: { orgId: Id; contactId: Id },
): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`recipient ${orgId} ${contactId}`}, 0))`;
}

/** The hosts of the clinic's own links. */
export async function linkHosts(tx: TenantTransaction, orgId: Id): Promise<string[]> {
  const [row] = await tx.$queryRaw<{ link_hosts: string[] }[]>`
    select link_hosts from organizations where id = ${orgId}::uuid`;
  return row?.link_hosts ?? [];
}
