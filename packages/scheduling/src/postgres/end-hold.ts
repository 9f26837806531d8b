import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Appointment } from '../appointment.ts';
import { expireStaleHolds } from './expire-stale-holds.ts';

/**
 * Confirms a visit: a held one, or an expired one whose time is still free and ahead (a late payment).
 * Returns false when it cannot be: given up, over, or somebody else has the time.
 * A rival who commits at this very moment breaks the transaction; its retry then finds the time taken.
 */
export async function confirmAppointment(
  tx: TenantTransaction,
  { appointment, now }: { appointment: Appointment; now: Temporal.Instant },
): Promise<boolean> {
  const { orgId, id, practitionerId, startsAt, endsAt } = appointment;
  if (appointment.state === 'confirmed') return true;
  if (appointment.state === 'expired') await expireStaleHolds(tx, { orgId, practitionerId, startsAt, endsAt, now });
  const confirmed = await tx.$executeRaw`
    update appointments a set state = 'confirmed', hold_expires_at = null, confirmed_at = ${toDate(now)}
    where a.org_id = ${orgId}::uuid and a.id = ${id}::uuid
      and (a.state = 'held' or (a.state = 'expired' and a.starts_at > ${toDate(now)} and not exists (
        select from appointments other
        where other.org_id = a.org_id and other.practitioner_id = a.practitioner_id and other.id <> a.id
          and other.state in ('held', 'confirmed')
          and tstzrange(other.starts_at, other.ends_at) && tstzrange(a.starts_at, a.ends_at))))`;
  return confirmed === 1;
}

/** Releases a held time and marks the end of a hold as settled, whoever ended it. False when it was settled before. */
export async function expireHold(tx: TenantTransaction, { orgId, id }: { orgId: Id; id: Id }): Promise<boolean> {
  const settled = await tx.$executeRaw`
    update appointments set state = case state when 'held' then 'expired' else state end, hold_expires_at = null
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state <> 'confirmed' and hold_expires_at is not null`;
  return settled === 1;
}

/** Lets a live hold last until `until`, never shorter than it was. False when it is no hold any more. */
export async function extendHold(
  tx: TenantTransaction,
  { orgId, id, until }: { orgId: Id; id: Id; until: Temporal.Instant },
): Promise<boolean> {
  const extended = await tx.$executeRaw`
    update appointments set hold_expires_at = greatest(hold_expires_at, ${toDate(until)})
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = 'held'`;
  return extended === 1;
}
