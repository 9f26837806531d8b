import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { newId, present, type Id, type PersonAddress } from '@frontdesk/kernel';

/** Somebody whom a clinic may not know yet, and the clinic's number between them. */
export type Stranger = {
  orgId: Id;
  phone: PersonAddress;
  clinicNumber: string;
  /** Where their conversation begins. */
  channel: Channel;
};

export type KnownPerson = {
  contactId: Id;
  conversationId: Id;
  /** The clinic's number that they wrote to last, or that the conversation was begun from. */
  clinicNumber: string;
  /** The one that they wrote on last, or that the conversation was begun on. */
  channel: Channel;
  /** Null: they have never written. */
  lastWroteAt: Date | null;
};

/**
 * Makes contact and conversation for those who have none. Somebody else may do the same at this moment. Callers give all
 * strangers of a transaction in one order, so that two transactions seldom wait for each other crosswise.
 */
export async function createPeople(tx: TenantTransaction, strangers: readonly Stranger[]): Promise<void> {
  const orgIds = strangers.map(({ orgId }) => orgId);
  const phones = strangers.map(({ phone }) => phone);
  const contactIds = strangers.map(() => newId());
  const conversationIds = strangers.map(() => newId());
  const numbers = strangers.map(({ clinicNumber }) => clinicNumber);
  const channels = strangers.map(({ channel }) => channel);
  await Promise.all([
    tx.$executeRaw`
      insert into contacts (org_id, phone, id)
      select org_id, phone, id from unnest(${orgIds}::uuid[], ${phones}::text[], ${contactIds}::uuid[])
        as p (org_id, phone, id)
      on conflict (org_id, phone) do nothing`,
    tx.$executeRaw`
      insert into conversations (org_id, id, contact_id, clinic_number, channel)
      select c.org_id, p.id, c.id, p.clinic_number, p.channel
      from unnest(${orgIds}::uuid[], ${phones}::text[], ${conversationIds}::uuid[], ${numbers}::text[],
          ${channels}::text[]) as p (org_id, phone, id, clinic_number, channel)
      join contacts c on c.org_id = p.org_id and c.phone = p.phone
      on conflict (org_id, contact_id) do nothing`,
  ]);
}

/** The person with this number, whom the clinic knows from now on. */
export async function meetPerson(tx: TenantTransaction, stranger: Stranger): Promise<KnownPerson> {
  const known = await findPerson(tx, stranger);
  if (known !== null) return known;
  await createPeople(tx, [stranger]);
  return present(await findPerson(tx, stranger), 'the person just made');
}

async function findPerson(
  tx: TenantTransaction,
  { orgId, phone }: Pick<Stranger, 'orgId' | 'phone'>,
): Promise<KnownPerson | null> {
  const [row] = await tx.$queryRaw<
    { contact_id: Id; conversation_id: Id; clinic_number: string; channel: Channel; last_inbound_at: Date | null }[]
  >`
    select c.id as contact_id, v.id as conversation_id, v.clinic_number, v.channel, v.last_inbound_at
    from contacts c join conversations v on v.org_id = c.org_id and v.contact_id = c.id
    where c.org_id = ${orgId}::uuid and c.phone = ${phone}`;
  if (row === undefined) return null;
  const { contact_id: contactId, conversation_id: conversationId, clinic_number: clinicNumber, channel } = row;
  return { contactId, conversationId, clinicNumber, channel, lastWroteAt: row.last_inbound_at };
}
