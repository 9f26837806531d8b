import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';

export type Conversation = {
  contactId: Id;
  clinicNumber: string;
  /** The one that the person wrote on last. */
  channel: Channel;
  phone: string;
  state: 'desk' | 'handed_off';
};

/** The conversation, locked until the transaction ends. @throws NotFound when this clinic has none of that id, or erased its person */
export async function lockConversation(
  tx: TenantTransaction,
  { orgId, conversationId }: { orgId: Id; conversationId: Id },
): Promise<Conversation> {
  const [row] = await tx.$queryRaw<
    { contact_id: string; clinic_number: string; channel: Channel; phone: string; state: Conversation['state'] }[]
  >`
    select c.contact_id, c.clinic_number, c.channel, c.state, p.phone
    from conversations c join contacts p on p.org_id = c.org_id and p.id = c.contact_id
    where c.org_id = ${orgId}::uuid and c.id = ${conversationId}::uuid and p.phone not like 'erased:%'
    for no key update of c`;
  if (row === undefined) throw new NotFound(`conversation ${conversationId} is not known`);
  const { contact_id: contactId, clinic_number: clinicNumber, channel, phone, state } = row;
  return { contactId, clinicNumber, channel, phone, state };
}
