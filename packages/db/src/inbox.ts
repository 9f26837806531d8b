import type { Id } from '@frontdesk/kernel';
import type { TenantTransaction } from './tenant-transaction.ts';

/**
 * Records in the transaction of an event's effects that `consumer` has handled it.
 * Returns false when it was handled before: the caller then does nothing.
 */
export async function recordInInbox(
  tx: TenantTransaction,
  { consumer, eventId, orgId }: { consumer: string; eventId: string; orgId: Id },
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    insert into inbox (consumer, event_id, org_id) values (${consumer}, ${eventId}, ${orgId}::uuid)
    on conflict do nothing`;
  return inserted === 1;
}

/** Whether `consumer` has handled it. */
export async function isInInbox(
  tx: TenantTransaction,
  { consumer, eventId }: { consumer: string; eventId: string },
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from inbox where consumer = ${consumer} and event_id = ${eventId}`;
  return rows.length > 0;
}
