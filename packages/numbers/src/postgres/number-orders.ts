import type { PhoneCarrier } from '@frontdesk/contracts';
import { recordAudit, toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { Conflict, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { worker } from '../number-ports.ts';
import type { OrderState } from '../orders/order-state.ts';
import type { CallHandling } from './assign-number.ts';

export type NumberOrder = {
  orgId: Id;
  id: Id;
  locationId: Id;
  carrier: PhoneCarrier;
  number: PhoneNumber;
  callHandling: CallHandling;
  state: OrderState;
  reason: string | null;
  profileId: string | null;
  externalId: string | null;
  numberId: string | null;
  /** How often the carrier was asked for it. */
  orderTries: number;
  /** The clinic has left the desk: nothing is bought for it. */
  clinicLeft: boolean;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

type Row = Omit<NumberOrder, 'createdAt' | 'stateAt'> & { createdAt: Date; stateAt: Date };
const ofRow = (row: Row): NumberOrder => ({
  ...row,
  createdAt: toInstant(row.createdAt),
  stateAt: toInstant(row.stateAt),
});

export async function readNumberOrder(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<NumberOrder | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select org_id as "orgId", id, location_id as "locationId", carrier, e164 as number, call_handling as "callHandling", state, reason,
      profile_id as "profileId", external_id as "externalId", number_id as "numberId", order_tries as "orderTries",
      created_at as "createdAt", state_at as "stateAt",
      exists (select from organizations g where g.id = org_id and g.left_at is not null) as "clinicLeft"
    from number_orders where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  return row === undefined ? null : ofRow(row);
}

export type OrderChange = { state: OrderState } & Partial<
  Pick<NumberOrder, 'reason' | 'profileId' | 'externalId' | 'numberId'>
>;

/**
 * Moves the order on from what it was seen as, with its audit. What the change leaves out stays as it is.
 * @throws Conflict when it is something else by now: whoever looked for longer than their lease moves nothing
 */
export async function moveNumberOrder(
  tx: TenantTransaction,
  { orgId, id, state: seen }: Pick<NumberOrder, 'orgId' | 'id' | 'state'>,
  { state, reason, profileId, externalId, numberId }: OrderChange,
  now: Temporal.Instant,
): Promise<void> {
  const moved = await tx.$executeRaw`
    update number_orders set state = ${state}, state_at = ${toDate(now)},
      -- What was said before it was bought is no longer true.
      reason = case when ${state} = 'bought' then null else coalesce(${reason ?? null}, reason) end,
      profile_id = coalesce(${profileId ?? null}, profile_id), external_id = coalesce(${externalId ?? null}, external_id),
      number_id = coalesce(${numberId ?? null}, number_id)
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = ${seen}`;
  if (moved === 0) throw new Conflict('somebody else has moved the order on');
  const subject = { type: 'number-order', id };
  await recordAudit(tx, { orgId, actor: worker, action: `number order ${state}`, subject, at: now });
}

/** Notes, before it happens, that the carrier is asked for the number. */
export async function noteOrderTry(tx: TenantTransaction, { orgId, id }: { orgId: Id; id: Id }): Promise<void> {
  await tx.$executeRaw`
    update number_orders set order_tries = order_tries + 1 where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** Keeps what the carrier calls an order that goes on. */
export async function noteOrder(
  tx: TenantTransaction,
  { orgId, id, externalId }: { orgId: Id; id: Id; externalId: string },
): Promise<void> {
  await tx.$executeRaw`
    update number_orders set external_id = ${externalId}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = 'ordering'`;
}

/** Keeps since when, and why, the carrier says no, though it may have the number for us already. */
export async function noteRefusal(
  tx: TenantTransaction,
  { orgId, id, reason }: { orgId: Id; id: Id; reason: string },
  now: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    update number_orders set reason = ${reason}, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = 'ordering'`;
}
