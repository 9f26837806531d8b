import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { holderOf } from '../postgres/assign-number.ts';
import { keepDocuments } from '../postgres/hosted-documents.ts';
import { lockHostedOrder } from '../postgres/hosted-orders.ts';
import { locationOf } from '../postgres/location-of.ts';
import { requestRegistration, ringRegistration } from '../postgres/request-registration.ts';
import { hasEnded, isUnderWay } from './hosted-state.ts';

type Who = { orgId: Id; actor: string; requestId: string; now: Temporal.Instant };

export type HostedOrderAnswer =
  | { kind: 'requested'; id: Id }
  | { kind: 'no-such-location' }
  | { kind: 'which-location' }
  | { kind: 'has-it' }
  | { kind: 'taken' };

/** Orders the hosting of a line, in the transaction of whoever asks for it. */
export async function requestHostedOrder(
  tx: TenantTransaction,
  { orgId, number, locationId, actor, requestId, now }: Who & { number: PhoneNumber; locationId: Id | null },
): Promise<HostedOrderAnswer> {
  const location = await locationOf(tx, { orgId, locationId });
  if (location.kind !== 'found') return location;
  const holder = await holderOf(tx, number);
  if (holder !== null) return { kind: holder.orgId === orgId ? 'has-it' : 'taken' };
  const id = newId();
  // Codes and tries are counted by the line: whoever orders anew has it called no more often, and tries no more codes.
  const written = await tx.$executeRaw`
    with before as (
      select codes_sent, code_sent_at, code_tries from hosted_orders where org_id = ${orgId}::uuid and e164 = ${number}
      order by code_sent_at desc nulls last limit 1)
    insert into hosted_orders (org_id, id, location_id, e164, state, asked_by, created_at, state_at, codes_sent, code_sent_at,
      code_tries)
    select ${orgId}::uuid, ${id}::uuid, ${location.id}::uuid, ${number}, 'pending', ${actor}, ${toDate(now)}::timestamptz,
      ${toDate(now)}::timestamptz, coalesce(before.codes_sent, 0), before.code_sent_at, coalesce(before.code_tries, 0)
    from (values (1)) one left join before on true
    on conflict do nothing`;
  if (written === 0) return { kind: 'taken' };
  await requestRegistration(tx, { orgId, id, subject: 'hosted-order', provider: 'telnyx', correlationId: id, now });
  await audited(tx, { orgId, id, actor, requestId, now }, 'hosting ordered');
  return { kind: 'requested', id };
}

export type HostedChangeAnswer = { kind: 'done' } | { kind: 'not-found' } | { kind: 'ended' } | { kind: 'too-early' };

/** Keeps letter and bill for the carrier, in the place of any that it does not have yet. */
export async function giveDocuments(
  tx: TenantTransaction,
  { orgId, id, loa, bill, actor, requestId, now }: Who & { id: Id; loa: Uint8Array; bill: Uint8Array },
): Promise<HostedChangeAnswer> {
  const order = await lockHostedOrder(tx, { orgId, id });
  if (order === null) return { kind: 'not-found' };
  if (hasEnded(order.state) || order.cancelAskedAt !== null) return { kind: 'ended' };
  if (!isUnderWay(order.state)) return { kind: 'too-early' };
  await keepDocuments(tx, { orgId, id, loa, bill, now });
  await ringRegistration(tx, { orgId, id, correlationId: id, now });
  await audited(tx, { orgId, id, actor, requestId, now }, 'hosting documents given');
  return { kind: 'done' };
}

/** Ends the order at the carrier; a line that is activated is released instead. Asked again, it changes nothing. */
export async function cancelHostedOrder(
  tx: TenantTransaction,
  { orgId, id, actor, requestId, now }: Who & { id: Id },
): Promise<HostedChangeAnswer> {
  const order = await lockHostedOrder(tx, { orgId, id });
  if (order === null) return { kind: 'not-found' };
  if (order.state === 'cancelled' || order.cancelAskedAt !== null) return { kind: 'done' };
  if (hasEnded(order.state)) return { kind: 'ended' };
  await tx.$executeRaw`
    update hosted_orders set cancel_asked_at = ${toDate(now)} where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  await ringRegistration(tx, { orgId, id, correlationId: id, now });
  await audited(tx, { orgId, id, actor, requestId, now }, 'hosting cancelled');
  return { kind: 'done' };
}

async function audited(tx: TenantTransaction, { orgId, id, actor, requestId, now }: Who & { id: Id }, action: string) {
  await recordAudit(tx, {
    orgId,
    actor,
    action,
    subject: { type: 'hosted-order', id },
    at: now,
    details: { requestId },
  });
}
