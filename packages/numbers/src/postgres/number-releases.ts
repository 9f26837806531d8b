import type { PhoneCarrier } from '@frontdesk/contracts';
import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import { Conflict, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { worker } from '../number-ports.ts';
import type { NumberOrigin } from './assign-number.ts';
import type { ClinicNumber } from './clinic-numbers.ts';

export type NumberRelease = {
  orgId: Id;
  id: Id;
  carrier: PhoneCarrier;
  number: PhoneNumber;
  origin: NumberOrigin;
  numberId: string | null;
  profileId: string;
  /** Of a hosted number, what the carrier calls the order that it came by. */
  hostedExternalId: string | null;
  /** failed: the carrier has it still, though it is given up. leaving, kept: it is to stay there, and leaves its campaign alone. */
  state: 'releasing' | 'released' | 'failed' | 'leaving' | 'kept';
  /** The clinic is not with the desk. */
  clinicLeft: boolean;
};

export type NewRelease = ClinicNumber & {
  orgId: Id;
  id: Id;
  state: 'releasing' | 'leaving';
  cause: 'given-up' | 'clinic-left';
  actor: string;
  now: Temporal.Instant;
};

/** Takes the number out of the clinic's books, to be given back. False: an earlier release of it is still under way. */
export async function beginNumberRelease(tx: TenantTransaction, release: NewRelease): Promise<boolean> {
  const { orgId, id, number, locationId, carrier, origin, numberId, profileId, state, cause, actor, now } = release;
  const written = await tx.$executeRaw`
    insert into number_releases (org_id, id, location_id, carrier, e164, origin, carrier_number_id, messaging_profile_id,
      state, cause, asked_by, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, ${locationId}::uuid, ${carrier}, ${number}, ${origin}, ${numberId}, ${profileId},
      ${state}, ${cause}, ${actor}, ${toDate(now)}, ${toDate(now)})
    on conflict (e164) where state = 'releasing' do nothing`;
  if (written === 1) await tx.$executeRaw`delete from phone_numbers where org_id = ${orgId}::uuid and e164 = ${number}`;
  return written === 1;
}

export async function readNumberRelease(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<NumberRelease | null> {
  const [row] = await tx.$queryRaw<NumberRelease[]>`
    select r.org_id as "orgId", r.id, r.carrier, r.e164 as number, r.origin, r.carrier_number_id as "numberId",
      r.messaging_profile_id as "profileId", r.state,
      exists (select from organizations o where o.id = r.org_id and o.left_at is not null) as "clinicLeft",
      (select h.external_id from hosted_orders h where h.org_id = r.org_id and h.e164 = r.e164 and h.state = 'activated'
        order by h.state_at desc limit 1) as "hostedExternalId"
    from number_releases r where r.org_id = ${orgId}::uuid and r.id = ${id}::uuid`;
  return row ?? null;
}

/**
 * Where the release is now, with its audit when it moved.
 * @throws Conflict when it is something else by now
 */
export async function moveNumberRelease(
  tx: TenantTransaction,
  before: Pick<NumberRelease, 'orgId' | 'id' | 'state'>,
  { state, reason, now }: { state: NumberRelease['state']; reason: string | null; now: Temporal.Instant },
): Promise<void> {
  const { orgId, id } = before;
  const moved = await tx.$executeRaw`
    update number_releases set reason = ${reason},
      state_at = case when state = ${state} then state_at else ${toDate(now)}::timestamptz end, state = ${state}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = ${before.state}`;
  if (moved === 0) throw new Conflict('somebody else has moved the release on');
  if (state === before.state) return;
  const subject = { type: 'number-release', id };
  await recordAudit(tx, { orgId, actor: worker, action: `number ${state}`, subject, at: now });
}
