import { toDate, type TenantTransaction } from '@frontdesk/db';
import { present, type Id } from '@frontdesk/kernel';
import type { Appointment, Stretch } from '../appointment.ts';
import { isFree } from '../free-times.ts';
import { appointmentById, lockAppointment } from './appointments.ts';
import { expireStaleHolds } from './expire-stale-holds.ts';
import { loadDiaries } from './load-diaries.ts';

export type MoveOutcome =
  /** Announce it in the same transaction: its reminders go by it. */
  | { kind: 'moved'; appointment: Appointment }
  | { kind: 'taken' }
  | { kind: 'past' }
  /** It was never booked, or is cancelled. */
  | { kind: 'not-confirmed' };

/** Ends a confirmed visit; its time is free at once. False when it is not confirmed. Announce it in the same transaction. */
export async function cancelAppointment(tx: TenantTransaction, { orgId, id }: { orgId: Id; id: Id }): Promise<boolean> {
  const cancelled = await tx.$executeRaw`
    update appointments set state = 'cancelled'
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = 'confirmed'`;
  return cancelled === 1;
}

/**
 * Gives a confirmed visit another time, with the same practitioner unless another is named. It is not in its own way.
 * A rival who commits at this very moment breaks the transaction; its retry then finds the time taken.
 */
export async function moveAppointment(
  tx: TenantTransaction,
  move: { orgId: Id; id: Id; startsAt: Temporal.Instant; practitionerId?: Id; now: Temporal.Instant },
): Promise<MoveOutcome> {
  const { orgId, id, startsAt, now } = move;
  const visit = await lockAppointment(tx, orgId, id);
  if (visit?.state !== 'confirmed') return { kind: 'not-confirmed' };
  const practitionerId = move.practitionerId ?? visit.practitionerId;
  if (visit.startsAt.equals(startsAt) && visit.practitionerId === practitionerId) {
    return { kind: 'moved', appointment: visit };
  }
  if (Temporal.Instant.compare(startsAt, now) <= 0) return { kind: 'past' };
  const stretch = { startsAt, endsAt: startsAt.add(visit.startsAt.until(visit.endsAt)) };
  await expireStaleHolds(tx, { orgId, practitionerId, ...stretch, now });
  if (!(await isFreeFor(tx, visit, { practitionerId, stretch, now }))) return { kind: 'taken' };
  await tx.$executeRaw`
    update appointments set starts_at = ${toDate(stretch.startsAt)}, ends_at = ${toDate(stretch.endsAt)},
      practitioner_id = ${practitionerId}::uuid, moved_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  return { kind: 'moved', appointment: present(await appointmentById(tx, orgId, id), 'the moved visit') };
}

async function isFreeFor(
  tx: TenantTransaction,
  visit: Appointment,
  { practitionerId, stretch, now }: { practitionerId: Id; stretch: Stretch; now: Temporal.Instant },
): Promise<boolean> {
  const { diaries } = await loadDiaries(tx, { orgId: visit.orgId, serviceId: visit.serviceId, now });
  const diary = diaries.find((each) => each.practitionerId === practitionerId);
  if (diary === undefined) return false;
  const isItself = ({ startsAt, endsAt }: Stretch) =>
    practitionerId === visit.practitionerId && startsAt.equals(visit.startsAt) && endsAt.equals(visit.endsAt);
  return isFree({ ...diary, busy: diary.busy.filter((taken) => !isItself(taken)) }, stretch);
}
