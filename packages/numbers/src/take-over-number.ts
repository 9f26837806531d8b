import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import { worker, type NumberPorts } from './number-ports.ts';
import { lostCause } from './orders/order-tasks.ts';
import { assignNumber, holderOf, type NewAssignment } from './postgres/assign-number.ts';

/**
 * Before a number that the carrier gave to this clinic is assigned: whoever still has it in their books loses what waits to
 * leave from it, and their staff hear of it. Repeated, it changes nothing.
 */
export async function warnFormerHolder(
  { inTenant, suppressTextsFrom, openTask, clock }: NumberPorts,
  { orgId, number }: { orgId: Id; number: PhoneNumber },
): Promise<void> {
  const holder = await inTenant(orgId, (tx) => holderOf(tx, number));
  if (holder === null || holder.orgId === orgId) return;
  const now = clock();
  const { orgId: former } = holder;
  await inTenant(former, async (tx) => {
    await suppressTextsFrom(tx, { orgId: former, number, now });
    await openTask(tx, {
      orgId: former,
      reason: `The number ${number} is no longer the clinic’s: the carrier has given it to somebody else. Texts no longer leave from it.`,
      causeKey: `${lostCause(number)}${orgId}`,
      now,
    });
  });
}

/** Assigns in the transaction of whatever led to it, with its audit. False: somebody got the number later. */
export async function assignWithAudit(
  tx: TenantTransaction,
  assignment: NewAssignment & { subject: { type: string; id: Id } },
): Promise<boolean> {
  const { orgId, subject, carrier, origin, now } = assignment;
  if (!(await assignNumber(tx, assignment))) return false;
  const details = { carrier, origin, location: assignment.locationId };
  await recordAudit(tx, { orgId, actor: worker, action: 'number assigned', subject, at: now, details });
  return true;
}
