import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/**
 * Ends the desk's part in all conversations of a clinic, in the owner's transaction. Turns that are under way write nothing any more: each
 * is waited for where it is just writing, and finds its lease gone at its next step. Returns how many conversations there are.
 */
export async function silenceConversations(tx: TenantTransaction, { orgId }: { orgId: Id }): Promise<number> {
  return tx.$executeRaw`
    update conversations set state = 'handed_off', handed_off_at = null, leased_until = null, fence = fence + 1
    where org_id = ${orgId}::uuid`;
}
