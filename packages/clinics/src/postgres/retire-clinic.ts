import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

export type RetiredClinic = { numbersReleased: string[]; depositAccountsRemoved: number; tasksOpen: number };

/**
 * Ends the desk for a clinic that leaves, in the owner's transaction: its numbers are released (what still comes to them
 * is parked), its tokens are gone, its staff get no more notices. Its history stays. Doing it again changes nothing.
 */
export async function retireClinic(
  tx: TenantTransaction,
  { orgId, actor, now }: { orgId: Id; actor: string; now: Temporal.Instant },
): Promise<RetiredClinic> {
  const numbers = await tx.$queryRaw<{ e164: string }[]>`
    delete from phone_numbers where org_id = ${orgId}::uuid returning e164`;
  const depositAccountsRemoved = await tx.$executeRaw`delete from deposit_accounts where org_id = ${orgId}::uuid`;
  await tx.$executeRaw`
    update staff_members set receives_notices = false where org_id = ${orgId}::uuid and receives_notices`;
  const [open] = await tx.$queryRaw<{ tasks: number }[]>`
    select count(*)::int as tasks from staff_tasks where org_id = ${orgId}::uuid and resolved_at is null`;
  await recordAudit(tx, {
    orgId,
    actor,
    action: 'clinic.offboarded',
    subject: { type: 'organization', id: orgId },
    at: now,
    details: { numbers: numbers.length, depositAccounts: depositAccountsRemoved },
  });
  return { numbersReleased: numbers.map(({ e164 }) => e164), depositAccountsRemoved, tasksOpen: open?.tasks ?? 0 };
}
