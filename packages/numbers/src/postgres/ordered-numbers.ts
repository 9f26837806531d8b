import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { orderAsItIs, type OrderedNumber, type OrderWithAfterlife } from '../orders/ordered-number.ts';

type Times = 'createdAt' | 'stateAt' | 'goneAt';
type Row = Omit<OrderWithAfterlife, Times> & { createdAt: Date; stateAt: Date; goneAt: Date | null };

const ofRow = ({ createdAt, stateAt, goneAt, ...row }: Row): OrderedNumber =>
  orderAsItIs({
    ...row,
    createdAt: toInstant(createdAt),
    stateAt: toInstant(stateAt),
    goneAt: goneAt === null ? null : toInstant(goneAt),
  });

export async function findOrderedNumber(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<OrderedNumber | null> {
  const [order] = await read(tx, { orgId, id, before: null, atMost: 1 });
  return order ?? null;
}

/** What the clinic ordered, newest first, before one of the orders. */
export async function listOrderedNumbers(
  tx: TenantTransaction,
  { orgId, before, atMost }: { orgId: Id; before: Id | null; atMost: number },
): Promise<OrderedNumber[]> {
  return read(tx, { orgId, id: null, before, atMost });
}

/** What became of the number afterwards: it was given up, or it is in the clinic's books no more, or not by this purchase. */
async function read(
  tx: TenantTransaction,
  { orgId, id, before, atMost }: { orgId: Id; id: Id | null; before: Id | null; atMost: number },
): Promise<OrderedNumber[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select o.id, o.location_id as "locationId", o.carrier, o.e164 as number, o.call_handling as "callHandling", o.state, o.reason,
      o.created_at as "createdAt", o.state_at as "stateAt",
      r.state as "releaseState", r.reason as "releaseReason", r.cause as "releaseCause",
      coalesce(r.state_at, h.ended_at) as "goneAt"
    from number_orders o
    left join lateral (
      select state, reason, cause, state_at from number_releases
      where org_id = o.org_id and e164 = o.e164 and carrier_number_id = o.number_id
      order by created_at desc limit 1) r on o.state = 'assigned'
    left join lateral (
      select max(ended_at) as ended_at from number_assignments
      where org_id = o.org_id and e164 = o.e164 and carrier_number_id = o.number_id
      having bool_and(ended_at is not null)) h on o.state = 'assigned'
    where o.org_id = ${orgId}::uuid and (${id}::uuid is null or o.id = ${id}::uuid)
      and (${before}::uuid is null or o.id < ${before}::uuid)
    order by o.id desc limit ${atMost}::int`;
  return rows.map(ofRow);
}
