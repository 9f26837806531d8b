import { effectKinds } from './effect-kinds.ts';
import type { Look } from './look.ts';
import { moneyRules } from './money-rules.ts';
import { findBreaches, scoped, type Breach, type SearchOptions } from './search.ts';

/** The money of one clinic in one currency, in cents. */
export type LedgerSum = {
  orgId: string;
  currency: string;
  /** What deposits that count as paid come to. */
  deposits: number;
  /** What the ledger says was captured for deposits, and of that what came on top: second payments, other amounts. */
  captured: number;
  besides: number;
  refunded: number;
  /** What Square reported as completed for our orders. */
  reported: number;
};

export type LedgerReport = { checkedAt: string; sums: LedgerSum[]; breaches: Breach[] };

const ofMoney = effectKinds.filter(({ name }) => name === 'payments' || name === 'bookings');

/** Holds the ledger against deposits, visits and what Square reported. */
export async function checkLedger(look: Look, options: SearchOptions): Promise<LedgerReport> {
  const [sums, breaches] = await Promise.all([
    look<LedgerSum>(sumsSql, scoped(options)),
    findBreaches(look, ofMoney, moneyRules, options),
  ]);
  return { checkedAt: options.now.toString(), sums, breaches };
}

const sumsSql = `
  select org_id as "orgId", currency, coalesce(sum(deposits), 0)::float8 as deposits,
    coalesce(sum(captured), 0)::float8 as captured, coalesce(sum(besides), 0)::float8 as besides,
    coalesce(sum(refunded), 0)::float8 as refunded, coalesce(sum(reported), 0)::float8 as reported
  from (
    select org_id, currency, paid_at as at, amount_cents as deposits, null::int as captured, null::int as besides,
      null::int as refunded, null::int as reported
    from deposits where state in ('paid', 'paid_without_slot')
    union all
    select e.org_id, e.currency, e.occurred_at, null,
      case when e.kind = 'captured' then e.amount_cents end,
      case when e.kind = 'captured' and d.square_payment_id is distinct from e.square_payment_id then e.amount_cents end,
      case when e.kind = 'refunded' then e.amount_cents end, null
    from ledger_entries e join deposits d on d.org_id = e.org_id and d.id = e.deposit_id
    union all
    select r.org_id, r.currency, r.reported_at, null, null, null, null, r.amount_cents
    from payment_reports r join deposits d on d.org_id = r.org_id and d.square_order_id = r.order_id
    where r.status = 'COMPLETED') as money
  where ($1::uuid is null or org_id = $1::uuid) and ($2::timestamptz is null or at >= $2::timestamptz)
    and ($3::timestamptz is null or at < $3::timestamptz)
  group by 1, 2 order by 1, 2`;
