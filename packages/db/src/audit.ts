import { newId, type Id } from '@frontdesk/kernel';
import type { TenantTransaction } from './tenant-transaction.ts';
import { toDate } from './instant.ts';

/** A change worth knowing about later: who did what to which row. Ids and codes only. */
export type AuditEntry = {
  orgId: Id;
  actor: string;
  action: string;
  subject: { type: string; id: string };
  at: Temporal.Instant;
  details?: Record<string, string | number | boolean | null>;
};

/** Writes the entry in the transaction of the change itself: no audit, no change. */
export async function recordAudit(tx: TenantTransaction, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    values (${entry.orgId}::uuid, ${newId()}::uuid, ${entry.actor}, ${entry.action}, ${entry.subject.type},
      ${entry.subject.id}, ${JSON.stringify(entry.details ?? {})}::jsonb, ${toDate(entry.at)})`;
}
