import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

export type RetiredClinic = { depositAccountsRemoved: number; tasksOpen: number };

/**
 * Says that a clinic leaves, in the owner's transaction and before anything else in it: from its commit on no number is
 * assigned to the clinic and nothing ordered for it, and what was assigned before is seen by what follows. Asked again, it
 * stays as it was. Returns false when there is no such clinic.
 */
export async function beginRetirement(
  tx: TenantTransaction,
  { orgId, now }: { orgId: Id; now: Temporal.Instant },
): Promise<boolean> {
  const known = await tx.$executeRaw`
    update organizations set left_at = coalesce(left_at, ${toDate(now)}::timestamptz) where id = ${orgId}::uuid`;
  return known === 1;
}

/** Ends the desk for a clinic that leaves: its tokens are gone, its staff get no more notices. Its history stays. */
export async function retireClinic(
  tx: TenantTransaction,
  { orgId, actor, now }: { orgId: Id; actor: string; now: Temporal.Instant },
): Promise<RetiredClinic> {
  const depositAccountsRemoved = await tx.$executeRaw`delete from deposit_accounts where org_id = ${orgId}::uuid`;
  await tx.$executeRaw`
    update staff_members set receives_notices = false where org_id = ${orgId}::uuid and receives_notices`;
  const [open] = await tx.$queryRaw<{ tasks: number }[]>`
    select count(*)::int as tasks from staff_tasks where org_id = ${orgId}::uuid and resolved_at is null`;
  const subject = { type: 'organization', id: orgId };
  const details = { depositAccounts: depositAccountsRemoved };
  await recordAudit(tx, { orgId, actor, action: 'clinic.offboarded', subject, at: now, details });
  return { depositAccountsRemoved, tasksOpen: open?.tasks ?? 0 };
}
