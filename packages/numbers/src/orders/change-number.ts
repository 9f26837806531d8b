import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import { holderOf, type CallHandling } from '../postgres/assign-number.ts';
import { locationOf } from '../postgres/location-of.ts';

export type NumberChange = {
  orgId: Id;
  number: PhoneNumber;
  locationId?: Id | undefined;
  callHandling?: CallHandling | undefined;
  /** Null: nobody. */
  transferTo?: PhoneNumber | null | undefined;
  actor: string;
  requestId: string;
  now: Temporal.Instant;
};

export type NumberChangeAnswer =
  | { kind: 'changed' }
  | { kind: 'not-the-clinics' }
  | { kind: 'no-such-location' }
  /** Its calls come to the desk, too, so they would go in circles. */
  | { kind: 'transfer-to-desk' };

/** Moves a number to another location of its clinic, or changes what happens to its calls. What is left out stays. */
export async function changeNumber(tx: TenantTransaction, change: NumberChange): Promise<NumberChangeAnswer> {
  const { orgId, number, locationId, callHandling, transferTo, actor, requestId, now } = change;
  if (locationId !== undefined) {
    const location = await locationOf(tx, { orgId, locationId });
    if (location.kind !== 'found') return { kind: 'no-such-location' };
  }
  if (typeof transferTo === 'string') {
    // The calls of a hosted number stay where they were: it may take them.
    const holder = await holderOf(tx, transferTo);
    if (transferTo === number || (holder !== null && holder.origin !== 'hosted')) return { kind: 'transfer-to-desk' };
  }
  const changed = await tx.$executeRaw`
    update phone_numbers set location_id = coalesce(${locationId ?? null}::uuid, location_id),
      call_handling = coalesce(${callHandling ?? null}, call_handling),
      transfer_to = case when ${transferTo === undefined}::boolean then transfer_to else ${transferTo ?? null}::text end
    where org_id = ${orgId}::uuid and e164 = ${number}`;
  if (changed === 0) return { kind: 'not-the-clinics' };
  const details = {
    ...(locationId !== undefined && { location: locationId }),
    ...(callHandling !== undefined && { callHandling }),
    ...(transferTo !== undefined && { transfers: transferTo !== null }),
    requestId,
  };
  const subject = { type: 'organization', id: orgId };
  await recordAudit(tx, { orgId, actor, action: 'number changed', subject, at: now, details });
  return { kind: 'changed' };
}
