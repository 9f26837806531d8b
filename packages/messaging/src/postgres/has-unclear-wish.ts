import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { mayBeRevocation } from '../may-be-revocation.ts';

const looksBack = 50;

/** Whether the person wrote something since they agreed to marketing that may have meant no more texts. */
export async function hasUnclearWish(
  tx: TenantTransaction,
  { orgId, messageId }: { orgId: Id; messageId: Id },
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ body: string }[]>`
    select i.body from outbound_messages m
    join marketing_consents g on g.org_id = m.org_id and g.phone = m.to_number
    join inbound_messages i on i.org_id = m.org_id and i.conversation_id = m.conversation_id and i.received_at > g.given_at
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid
    order by i.seq desc limit ${looksBack}`;
  return rows.some(({ body }) => mayBeRevocation(body));
}
