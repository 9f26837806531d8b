import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { DepositStatus } from '../lead.ts';

type Of = { orgId: Id; contactId: Id; appointmentId: Id; now: Temporal.Instant };

/**
 * The patient was asked to agree to this visit (and its deposit, when one is due). The moment is the database's own, as
 * the arrival of texts is, so that skewed clocks cannot turn an earlier text into an answer.
 */
export async function recordDepositAsked(
  tx: TenantTransaction,
  { orgId, contactId, appointmentId, now }: Of,
): Promise<void> {
  await tx.$executeRaw`
    update leads set deposit_status = 'asked', deposit_asked_at = now(),
      deposit_asked_appointment_id = ${appointmentId}::uuid, updated_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid`;
}

/** The patient answered the latest question. Returns false when it was answered before or another question is open. */
export async function recordDepositAnswer(
  tx: TenantTransaction,
  { orgId, contactId, appointmentId, now, agreed }: Of & { agreed: boolean },
): Promise<boolean> {
  const written = await tx.$executeRaw`
    update leads set deposit_status = ${agreed ? 'requested' : 'declined'}, updated_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid and deposit_status = 'asked'
      and deposit_asked_appointment_id = ${appointmentId}::uuid`;
  return written === 1;
}

/**
 * What payments reported of the deposit for a visit. A visit that the desk no longer speaks of changes nothing, and
 * neither does an older report that is replayed after the money came; returns whether it did.
 */
export async function recordDepositStatus(
  tx: TenantTransaction,
  { orgId, contactId, appointmentId, now, status }: Of & { status: DepositStatus },
): Promise<boolean> {
  const written = await tx.$executeRaw`
    update leads set deposit_status = ${status}, updated_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid
      and (deposit_asked_appointment_id is null or deposit_asked_appointment_id = ${appointmentId}::uuid)
      and (deposit_status not in ('paid', 'paid_without_slot') or ${status}::text in ('paid', 'paid_without_slot'))`;
  return written === 1;
}
