import type { Rule } from './effect-kind.ts';

const taskFor = (payment: string) =>
  `exists (select from staff_tasks t where t.org_id = e.org_id and t.cause_key = 'payment:' || ${payment})`;

/** What the ledger must say of deposits and of what Square reported. */
export const moneyRules: readonly Rule[] = [
  {
    what: 'a paid deposit whose money is not in the ledger to the cent',
    sql: `select d.org_id, d.id::text as id, d.paid_at as at from deposits d
      where d.state in ('paid', 'paid_without_slot') and not exists (select from ledger_entries e
        where e.org_id = d.org_id and e.deposit_id = d.id and e.kind = 'captured'
          and e.square_payment_id = d.square_payment_id and e.amount_cents = d.amount_cents and e.currency = d.currency)`,
  },
  {
    what: 'money in the ledger that differs from what Square reported',
    sql: `select e.org_id, e.id::text as id, e.occurred_at as at
      from ledger_entries e join payment_reports r on r.org_id = e.org_id and r.payment_id = e.square_payment_id
      where e.kind = 'captured' and (e.amount_cents, e.currency) is distinct from (r.amount_cents, r.currency)`,
  },
  {
    what: 'a deposit captured twice',
    // Two tabs may pay one link: the second payment is then a task for staff.
    sql: `select e.org_id, e.deposit_id::text as id, e.occurred_at as at
      from ledger_entries e join deposits d on d.org_id = e.org_id and d.id = e.deposit_id
      where e.kind = 'captured' and e.square_payment_id is distinct from d.square_payment_id
        and not ${taskFor('e.square_payment_id')}`,
  },
  {
    what: 'money without a visit and without a task for staff',
    sql: `select d.org_id, d.id::text as id, d.paid_at as at from deposits d where d.state = 'paid_without_slot'
      and not exists (select from staff_tasks t where t.org_id = d.org_id and t.deposit_id = d.id and t.kind = 'paid-without-slot')`,
  },
  {
    what: 'a refund of more than was captured',
    sql: `select e.org_id, e.deposit_id::text as id, max(e.occurred_at) as at from ledger_entries e
      group by e.org_id, e.deposit_id
      having sum(case e.kind when 'captured' then e.amount_cents else -e.amount_cents end) < 0`,
  },
];
