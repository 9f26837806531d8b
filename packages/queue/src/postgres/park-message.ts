import type { TenantDatabase, TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';

export type ParkedMessage = {
  /** Null when the message does not say readably whose it is. */
  orgId: Id | null;
  queue: string;
  messageId: string;
  eventType: string | null;
  reason: string;
  body: string;
};

/** Puts a refused message where people see it. Parking it again changes nothing. */
export async function parkMessage<Tx extends TenantTransaction>(
  database: TenantDatabase<Tx>,
  { orgId, queue, messageId, eventType, reason, body }: ParkedMessage,
): Promise<void> {
  if (orgId === null) {
    // A row without an organisation needs no tenant, and no service can read it back: naming the columns of the
    // conflict would ask for the right to.
    await database.lookUp`
      insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body)
      values (${newId()}::uuid, null, ${queue}, ${messageId}, ${eventType}, ${reason}, ${body})
      on conflict do nothing`;
    return;
  }
  await database.inTenant(
    orgId,
    (tx) => tx.$executeRaw`
      insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body)
      values (${newId()}::uuid, ${orgId}::uuid, ${queue}, ${messageId}, ${eventType}, ${reason}, ${body})
      on conflict do nothing`,
  );
}
