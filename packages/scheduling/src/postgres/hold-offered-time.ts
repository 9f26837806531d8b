import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import type { Appointment, Stretch } from '../appointment.ts';
import { isFree } from '../free-times.ts';
import { appointmentByCause, appointmentById, liveAppointment } from './appointments.ts';
import { expireStaleHolds } from './expire-stale-holds.ts';
import { loadDiaries } from './load-diaries.ts';

export type HoldRequest = {
  orgId: Id;
  conversationId: Id;
  contactId: Id;
  offerId: Id;
  /** Names the cause: the same cause holds one time, however often it repeats. */
  causeKey: string;
  now: Temporal.Instant;
  holdFor: Temporal.Duration;
};

export type HoldOutcome =
  | { kind: 'held'; appointment: Appointment }
  /** Somebody else has it, or nobody works then any more. */
  | { kind: 'taken' }
  | { kind: 'unknown-offer' }
  | { kind: 'past' };

/**
 * Holds a time that was offered in this conversation. The person's older hold is given up for it, but only when the
 * new one succeeds. Of two who want one time the database lets one have it; the other's transaction stays usable.
 */
export async function holdOfferedTime(tx: TenantTransaction, request: HoldRequest): Promise<HoldOutcome> {
  const { orgId, contactId, causeKey, now } = request;
  const before = await appointmentByCause(tx, orgId, causeKey);
  if (before !== null) return isLive(before, now) ? { kind: 'held', appointment: before } : { kind: 'taken' };
  const offer = await findOffer(tx, request);
  if (offer === null) return { kind: 'unknown-offer' };
  if (Temporal.Instant.compare(offer.startsAt, now) <= 0) return { kind: 'past' };
  const own = await liveAppointment(tx, { orgId, contactId, now });
  if (own !== null && isOf(own, offer)) return { kind: 'held', appointment: own };
  await expireStaleHolds(tx, { orgId, practitionerId: offer.practitionerId, ...stretchOf(offer), now });
  await tx.$executeRaw`savepoint before_hold`;
  await giveUpHolds(tx, request);
  const id = (await isStillFree(tx, offer, request)) ? await insertHold(tx, offer, request) : null;
  if (id === null) {
    await tx.$executeRaw`rollback to savepoint before_hold`;
    return { kind: 'taken' };
  }
  return { kind: 'held', appointment: present(await appointmentById(tx, orgId, id), 'the new hold') };
}

type OfferRow = Stretch & { practitionerId: Id; serviceId: Id; locationId: Id };

async function findOffer(
  tx: TenantTransaction,
  { orgId, conversationId, offerId }: HoldRequest,
): Promise<OfferRow | null> {
  const [row] = await tx.$queryRaw<
    { practitioner_id: string; service_id: string; location_id: string; starts_at: Date; ends_at: Date }[]
  >`
    select o.practitioner_id, o.service_id, p.location_id, o.starts_at, o.ends_at
    from time_offers o join practitioners p on p.org_id = o.org_id and p.id = o.practitioner_id
    where o.org_id = ${orgId}::uuid and o.conversation_id = ${conversationId}::uuid and o.id = ${offerId}::uuid`;
  if (row === undefined) return null;
  return {
    practitionerId: row.practitioner_id,
    serviceId: row.service_id,
    locationId: row.location_id,
    startsAt: toInstant(row.starts_at),
    endsAt: toInstant(row.ends_at),
  };
}

async function isStillFree(tx: TenantTransaction, offer: OfferRow, { orgId, now }: HoldRequest): Promise<boolean> {
  const { diaries } = await loadDiaries(tx, { orgId, serviceId: offer.serviceId, now });
  const diary = diaries.find(({ practitionerId }) => practitionerId === offer.practitionerId);
  return diary !== undefined && isFree(diary, offer);
}

/** Null when somebody else was faster: the exclusion constraint waits for them and then writes nothing. */
async function insertHold(tx: TenantTransaction, offer: OfferRow, request: HoldRequest): Promise<Id | null> {
  const id = newId();
  const written = await tx.$executeRaw`
    insert into appointments (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id,
      starts_at, ends_at, state, hold_expires_at, cause_key, created_at)
    values (${request.orgId}::uuid, ${id}::uuid, ${offer.locationId}::uuid, ${offer.practitionerId}::uuid,
      ${offer.serviceId}::uuid, ${request.contactId}::uuid, ${request.conversationId}::uuid, ${toDate(offer.startsAt)},
      ${toDate(offer.endsAt)}, 'held', ${toDate(request.now.add(request.holdFor))}, ${request.causeKey},
      ${toDate(request.now)})
    on conflict do nothing`;
  return written === 1 ? id : null;
}

/** Due at once, so that the end of these holds is settled: their links must not take money any more. */
async function giveUpHolds(tx: TenantTransaction, { orgId, contactId, now }: HoldRequest): Promise<void> {
  await tx.$executeRaw`
    update appointments set state = 'cancelled', hold_expires_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and contact_id = ${contactId}::uuid and state = 'held'`;
}

function isLive({ state, holdExpiresAt }: Appointment, now: Temporal.Instant): boolean {
  return (
    state === 'confirmed' ||
    (state === 'held' && holdExpiresAt !== null && Temporal.Instant.compare(holdExpiresAt, now) > 0)
  );
}

function isOf(appointment: Appointment, offer: OfferRow): boolean {
  return (
    appointment.practitionerId === offer.practitionerId &&
    appointment.serviceId === offer.serviceId &&
    appointment.startsAt.equals(offer.startsAt)
  );
}

const stretchOf = ({ startsAt, endsAt }: Stretch): Stretch => ({ startsAt, endsAt });
