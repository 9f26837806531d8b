import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { Conflict, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type { HostedState } from '../hosted/hosted-state.ts';

export type HostedOrder = {
  orgId: Id;
  id: Id;
  locationId: Id;
  number: PhoneNumber;
  state: HostedState;
  /** The carrier's words for order and number when it was last asked. */
  orderStatus: string | null;
  numberStatus: string | null;
  reason: string | null;
  profileId: string | null;
  externalId: string | null;
  numberId: string | null;
  codesSent: number;
  codeSentAt: Temporal.Instant | null;
  codeTries: number;
  verifiedAt: Temporal.Instant | null;
  documentsSentAt: Temporal.Instant | null;
  cancelAskedAt: Temporal.Instant | null;
  /** Documents that the carrier does not have yet. */
  documentsWaiting: boolean;
  /** The clinic has left the desk: nothing is hosted for it. */
  clinicLeft: boolean;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

type Times = 'codeSentAt' | 'verifiedAt' | 'documentsSentAt' | 'cancelAskedAt' | 'createdAt' | 'stateAt';
type Row = Omit<HostedOrder, Times> & {
  [Time in Times]: HostedOrder[Time] extends Temporal.Instant ? Date : Date | null;
};

const instant = (date: Date | null) => (date === null ? null : toInstant(date));
const ofRow = (row: Row): HostedOrder => ({
  ...row,
  codeSentAt: instant(row.codeSentAt),
  verifiedAt: instant(row.verifiedAt),
  documentsSentAt: instant(row.documentsSentAt),
  cancelAskedAt: instant(row.cancelAskedAt),
  createdAt: toInstant(row.createdAt),
  stateAt: toInstant(row.stateAt),
});

type Which = { orgId: Id; id: Id };

export async function readHostedOrder(tx: TenantTransaction, { orgId, id }: Which): Promise<HostedOrder | null> {
  const [order] = await read(tx, { orgId, id, before: null, atMost: 1 });
  return order ?? null;
}

/** Reads the order and keeps others from changing it before the transaction ends. */
export async function lockHostedOrder(tx: TenantTransaction, which: Which): Promise<HostedOrder | null> {
  await tx.$queryRaw`
    select from hosted_orders where org_id = ${which.orgId}::uuid and id = ${which.id}::uuid for update`;
  return readHostedOrder(tx, which);
}

/** The clinic's hosted lines, newest first, before one of them. */
export async function listHostedOrders(
  tx: TenantTransaction,
  page: { orgId: Id; before: Id | null; atMost: number },
): Promise<HostedOrder[]> {
  return read(tx, { ...page, id: null });
}

async function read(
  tx: TenantTransaction,
  { orgId, id, before, atMost }: { orgId: Id; id: Id | null; before: Id | null; atMost: number },
): Promise<HostedOrder[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select org_id as "orgId", id, location_id as "locationId", e164 as number, state, order_status as "orderStatus",
      number_status as "numberStatus", reason, profile_id as "profileId", external_id as "externalId", number_id as "numberId",
      codes_sent as "codesSent", code_sent_at as "codeSentAt", code_tries as "codeTries", verified_at as "verifiedAt",
      documents_sent_at as "documentsSentAt", cancel_asked_at as "cancelAskedAt", created_at as "createdAt", state_at as "stateAt",
      exists (select from hosted_documents d where d.org_id = h.org_id and d.order_id = h.id) as "documentsWaiting",
      exists (select from organizations g where g.id = h.org_id and g.left_at is not null) as "clinicLeft"
    from hosted_orders h
    where org_id = ${orgId}::uuid and (${id}::uuid is null or id = ${id}::uuid)
      and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${atMost}::int`;
  return rows.map(ofRow);
}

export type HostedChange = Partial<
  Pick<HostedOrder, 'state' | 'orderStatus' | 'numberStatus' | 'reason' | 'profileId' | 'externalId' | 'numberId'>
>;

/**
 * Keeps what the worker learnt of the order. What the change leaves out stays, and a state that stays keeps its time.
 * @throws Conflict when it has ended by now: whoever looked for longer than their lease changes nothing
 */
export async function keepHostedOrder(
  tx: TenantTransaction,
  { orgId, id }: Which,
  change: HostedChange,
  now: Temporal.Instant,
): Promise<void> {
  const { state, orderStatus, numberStatus, reason, profileId, externalId, numberId } = change;
  const kept = await tx.$executeRaw`
    update hosted_orders set state = coalesce(${state ?? null}, state),
      state_at = case when ${state ?? null}::text <> state then ${toDate(now)}::timestamptz else state_at end,
      order_status = coalesce(${orderStatus ?? null}, order_status), number_status = coalesce(${numberStatus ?? null}, number_status),
      reason = coalesce(${reason ?? null}, reason), profile_id = coalesce(${profileId ?? null}, profile_id),
      external_id = coalesce(${externalId ?? null}, external_id), number_id = coalesce(${numberId ?? null}, number_id)
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state not in ('activated', 'failed', 'cancelled')`;
  if (kept === 0) throw new Conflict('somebody else has ended the order');
}
