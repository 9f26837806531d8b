import type { PhoneCarrier } from '@frontdesk/contracts';
import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { holderOf, type CallHandling } from '../postgres/assign-number.ts';
import { locationOf } from '../postgres/location-of.ts';
import { requestRegistration } from '../postgres/request-registration.ts';

export type NumberOrderRequest = {
  orgId: Id;
  carrier: PhoneCarrier;
  number: PhoneNumber;
  /** The clinic's only one when left out. */
  locationId: Id | null;
  callHandling: CallHandling;
  actor: string;
  requestId: string;
  now: Temporal.Instant;
};

export type NumberOrderAnswer =
  | { kind: 'requested'; id: Id }
  | { kind: 'no-such-location' }
  | { kind: 'which-location' }
  | { kind: 'has-it' }
  | { kind: 'taken' };

/** Orders a number, in the transaction of whoever asks for it. It is bought by the worker. */
export async function requestNumberOrder(tx: TenantTransaction, order: NumberOrderRequest): Promise<NumberOrderAnswer> {
  const { orgId, carrier, number, callHandling, actor, requestId, now } = order;
  const location = await locationOf(tx, { orgId, locationId: order.locationId });
  if (location.kind !== 'found') return location;
  const holder = await holderOf(tx, number);
  if (holder !== null) return { kind: holder.orgId === orgId ? 'has-it' : 'taken' };
  const id = newId();
  // Another clinic's open order is not to be seen here, but its index stands in the way.
  const written = await tx.$executeRaw`
    insert into number_orders (org_id, id, location_id, carrier, e164, call_handling, state, asked_by, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, ${location.id}::uuid, ${carrier}, ${number}, ${callHandling}, 'requested', ${actor},
      ${toDate(now)}, ${toDate(now)})
    on conflict do nothing`;
  if (written === 0) return { kind: 'taken' };
  await requestRegistration(tx, { orgId, id, subject: 'number-order', provider: carrier, correlationId: id, now });
  const subject = { type: 'number-order', id };
  const details = { carrier, requestId };
  await recordAudit(tx, { orgId, actor, action: 'number ordered', subject, at: now, details });
  return { kind: 'requested', id };
}
