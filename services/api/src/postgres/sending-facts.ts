import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id, PersonAddress } from '@frontdesk/kernel';

/** The number that a text leaves from: the one of the conversation while it is the clinic's, else the clinic's first. */
export async function sendingNumber(
  tx: TenantTransaction,
  { orgId, channel, preferred }: { orgId: Id; channel: Channel; preferred: string | null },
): Promise<string | null> {
  if (channel === 'whatsapp') return sendingOnWhatsApp(tx, { orgId, preferred });
  const [row] = await tx.$queryRaw<{ e164: string }[]>`
    select e164 from phone_numbers where org_id = ${orgId}::uuid
    order by e164 = ${preferred}::text desc nulls last, e164 limit 1`;
  return row?.e164 ?? null;
}

/** One that is not connected tells the last gate why nothing leaves. */
async function sendingOnWhatsApp(
  tx: TenantTransaction,
  { orgId, preferred }: { orgId: Id; preferred: string | null },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ e164: string }[]>`
    select e164 from whatsapp_senders where org_id = ${orgId}::uuid
    order by e164 = ${preferred}::text desc nulls last, state <> 'online', e164 limit 1`;
  return row?.e164 ?? null;
}

/** Whom WhatsApp means by the id of a user, as the clinic knows them. Null: they never wrote to it. */
export async function addressOfUser(
  tx: TenantTransaction,
  { orgId, userId }: { orgId: Id; userId: string },
): Promise<PersonAddress | null> {
  const [row] = await tx.$queryRaw<{ phone: PersonAddress }[]>`
    select c.phone from whatsapp_users u join contacts c on c.org_id = u.org_id and c.id = u.contact_id
    where u.org_id = ${orgId}::uuid and u.user_id = ${userId}`;
  return row?.phone ?? null;
}

/** The clinic's name, as texts say it. */
export async function clinicName(tx: TenantTransaction, orgId: Id): Promise<string> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`select name from organizations where id = ${orgId}::uuid`;
  return row?.name ?? '';
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
