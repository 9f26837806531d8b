import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Stretch } from '../appointment.ts';

/**
 * Ends holds that ran out but still stand in the way: a constraint cannot see the clock.
 * They keep their `hold_expires_at`, so that their end is still settled: link deleted, patient told.
 */
export async function expireStaleHolds(
  tx: TenantTransaction,
  { orgId, practitionerId, startsAt, endsAt, now }: Stretch & { orgId: Id; practitionerId: Id; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update appointments set state = 'expired'
    where org_id = ${orgId}::uuid and practitioner_id = ${practitionerId}::uuid and state = 'held'
      and hold_expires_at <= ${toDate(now)}
      and tstzrange(starts_at, ends_at) && tstzrange(${toDate(startsAt)}, ${toDate(endsAt)})`;
}
