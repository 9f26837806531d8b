import { recordAudit, type AuditEntry, type TenantTransaction } from '@frontdesk/db';
import type { Asked } from './contract/route.ts';

/** Writes what a request did, with the id of the request, in the transaction of what it did. */
export function audit(
  tx: TenantTransaction,
  { orgId, actor, requestId, now }: Asked,
  { details, ...act }: Pick<AuditEntry, 'action' | 'subject' | 'details'>,
): Promise<void> {
  return recordAudit(tx, { ...act, orgId, actor, at: now, details: { ...details, requestId } });
}
