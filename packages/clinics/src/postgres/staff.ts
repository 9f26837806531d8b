import { toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import type { NewStaffTask } from '../staff-task.ts';

export type StaffMember = { id: Id; name: string; phone: string };

/** Opens a task for staff in the transaction of its cause. Returns false when this cause opened one before. */
export async function openStaffTask(tx: TenantTransaction, task: NewStaffTask): Promise<boolean> {
  const opened = await tx.$executeRaw`
    insert into staff_tasks (org_id, id, kind, reason, conversation_id, appointment_id, deposit_id, message_id,
      cause_key, created_at, due_at)
    values (${task.orgId}::uuid, ${newId()}::uuid, ${task.kind}, ${task.reason}, ${task.conversationId ?? null}::uuid,
      ${task.appointmentId ?? null}::uuid, ${task.depositId ?? null}::uuid, ${task.messageId ?? null}::uuid,
      ${task.causeKey}, ${toDate(task.now)}, ${toDate(task.now.add(task.dueIn))})
    on conflict (org_id, cause_key) do nothing`;
  return opened === 1;
}

/** Closes the task of a cause that is no more. Returns false when there is none, or it is closed. */
export async function resolveStaffTask(
  tx: TenantTransaction,
  { orgId, causeKey, now }: { orgId: Id; causeKey: string; now: Temporal.Instant },
): Promise<boolean> {
  const resolved = await tx.$executeRaw`
    update staff_tasks set resolved_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and cause_key = ${causeKey} and resolved_at is null`;
  return resolved === 1;
}

/** Closes the tasks whose cause begins like this, but for one that still holds. */
export async function resolveStaffTasks(
  tx: TenantTransaction,
  { orgId, causes, but, now }: { orgId: Id; causes: string; but?: string; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update staff_tasks set resolved_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and starts_with(cause_key, ${causes}) and cause_key is distinct from ${but ?? null}::text
      and resolved_at is null`;
}

/** The staff who get notices by text. */
export async function staffToNotify(tx: TenantTransaction, orgId: Id): Promise<StaffMember[]> {
  return tx.$queryRaw<StaffMember[]>`
    select id, name, phone from staff_members
    where org_id = ${orgId}::uuid and receives_notices
    order by name
    limit 20`;
}
