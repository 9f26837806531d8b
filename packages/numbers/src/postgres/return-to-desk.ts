import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/**
 * Takes back what was only right while the clinic was away, in the owner's transaction that brings it back: tasks about numbers that stayed
 * at the carrier, which the worker closes, and the end of its campaigns at Twilio. For a clinic that never left nothing changes.
 */
export async function returnToDesk(
  tx: TenantTransaction,
  { orgId, now }: { orgId: Id; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update carrier_profiles set campaigns_stay_because = null
    where org_id = ${orgId}::uuid and campaigns_stay_because is not null`;
  await tx.$executeRaw`delete from registrations where org_id = ${orgId}::uuid and subject = 'twilio-campaign'`;
  await tx.$executeRaw`
    update registrations set due_at = ${toDate(now)}, rung = rung + 1, tries = 0
    where org_id = ${orgId}::uuid and id in (select id from number_releases
      where org_id = ${orgId}::uuid and state = 'kept')`;
}
