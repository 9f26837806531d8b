import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** Makes a queued text due later. */
export async function putTextAside(
  tx: TenantTransaction,
  { orgId, messageId, until }: { orgId: Id; messageId: Id; until: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update outbound_messages set next_attempt_at = ${toDate(until)}
    where org_id = ${orgId}::uuid and id = ${messageId}::uuid and state = 'queued'`;
}
