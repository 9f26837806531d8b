import type { PhoneCarrier } from '@frontdesk/contracts';
import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import { worker } from '../number-ports.ts';
import type { NumberOrigin } from './assign-number.ts';

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
  state: 'releasing' | 'released' | 'failed';
};

export async function readNumberRelease(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<NumberRelease | null> {
  const [row] = await tx.$queryRaw<NumberRelease[]>`
    select r.org_id as "orgId", r.id, r.carrier, r.e164 as number, r.origin, r.carrier_number_id as "numberId",
      r.messaging_profile_id as "profileId", r.state,
      (select h.external_id from hosted_orders h where h.org_id = r.org_id and h.e164 = r.e164 and h.state = 'activated'
        order by h.state_at desc limit 1) as "hostedExternalId"
    from number_releases r where r.org_id = ${orgId}::uuid and r.id = ${id}::uuid`;
  return row ?? null;
}

export async function endNumberRelease(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
  { state, reason, now }: { state: 'released' | 'failed'; reason: string | null; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update number_releases set state = ${state}, reason = ${reason}, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  const subject = { type: 'number-release', id };
  await recordAudit(tx, { orgId, actor: worker, action: `number ${state}`, subject, at: now });
}
