import type { Rule } from './effect-kind.ts';

/** What must never be so, whatever died or repeated. */
export const promises: readonly Rule[] = [
  {
    what: 'a message that a consumer refused',
    sql: 'select org_id, id::text as id, parked_at as at from parked_messages where resolved_at is null',
  },
  {
    what: 'an event that was published twice',
    // Replays are the operators' own.
    sql: `select org_id, event_id::text as id, max(published_at) as at from event_log where producer <> 'operations'
      group by org_id, event_id having count(*) > 1`,
  },
  {
    what: 'a keyword that was handled twice',
    sql: `select org_id, details->>'message' as id, max(at) as at from audit_log a where action = 'keyword received'
        and not exists (select from event_log e
          where e.producer = 'operations' and e.envelope->'data'->>'messageId' = a.details->>'message')
      group by org_id, details->>'message' having count(*) > 1`,
  },
  {
    what: 'an older text that was answered after a newer one',
    sql: `select org_id, id::text as id, started_at as at from (
        select org_id, id, started_at, last_inbound_seq,
          max(last_inbound_seq) over (partition by org_id, conversation_id order by fence, id
            rows between unbounded preceding and 1 preceding) as newest_before
        from turns where state in ('answered', 'fell-back')) as t
      where last_inbound_seq < newest_before`,
  },
  {
    what: 'a text whose fate is unknown without a task for staff',
    sql: `select m.org_id, m.id::text as id, m.state_at as at from outbound_messages m where m.state = 'unknown'
      and not exists (select from staff_tasks t where t.org_id = m.org_id and t.message_id = m.id)`,
    patienceSeconds: 600,
  },
  {
    what: 'a text that left after the person said STOP',
    // The keyword's own answer may; two seconds are what a commit may take after the webhook came.
    sql: `select m.org_id, m.id::text as id, a.started_at as at
      from consent_events e
        join inbound_messages i on i.org_id = e.org_id and i.id = e.inbound_message_id
        join outbound_messages m on m.org_id = i.org_id and m.conversation_id = i.conversation_id
        join send_attempts a on a.org_id = m.org_id and a.message_id = m.id
      where e.kind = 'opt-out' and m.class <> 'keyword-answer' and a.outcome = 'accepted'
        and a.started_at > e.occurred_at + interval '2 seconds'
        and not asked_for_texts_again(e.org_id, e.id, a.started_at)`,
  },
  {
    what: 'a reminder that left after the visit had begun',
    sql: `select m.org_id, m.id::text as id, a.started_at as at
      from scheduled_texts s
        join outbound_messages m on m.org_id = s.org_id and m.cause_key = 'scheduled:' || s.id
        join send_attempts a on a.org_id = m.org_id and a.message_id = m.id
      where s.kind = 'visit-reminder' and a.started_at >= s.appointment_starts_at`,
  },
  {
    what: 'two live visits of one practitioner at the same time',
    sql: `select a.org_id, a.id::text as id, b.created_at as at
      from appointments a join appointments b on a.org_id = b.org_id and a.practitioner_id = b.practitioner_id
        and a.id < b.id and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
      where a.state in ('held', 'confirmed') and b.state in ('held', 'confirmed')`,
  },
  {
    what: 'two times held for one person',
    sql: `select org_id, contact_id::text as id, max(created_at) as at from appointments
      where state = 'held' group by org_id, contact_id having count(*) > 1`,
  },
  {
    what: 'a lead that does not know of its paid deposit',
    sql: `select d.org_id, d.id::text as id, d.paid_at as at
      from deposits d join leads l on l.org_id = d.org_id and l.deposit_asked_appointment_id = d.appointment_id
      where d.state in ('paid', 'paid_without_slot') and l.deposit_status <> d.state`,
    patienceSeconds: 300,
  },
  ...[
    { table: 'outbound_messages', column: 'provider_message_id', at: 'created_at' },
    { table: 'send_attempts', column: 'provider_message_id', at: 'started_at' },
    { table: 'deposits', column: 'square_order_id', at: 'created_at' },
    { table: 'deposits', column: 'square_link_id', at: 'created_at' },
    { table: 'deposits', column: 'square_payment_id', at: 'created_at' },
    { table: 'payment_reports', column: 'payment_id', at: 'reported_at' },
  ].map(seenTwice),
];

/** A provider's id names one thing, of one clinic. */
function seenTwice({ table, column, at }: { table: string; column: string; at: string }): Rule {
  return {
    what: `a provider's id seen twice: ${table}.${column}`,
    sql: `select min(org_id::text)::uuid as org_id, ${column} as id, max(${at}) as at
      from ${table} where ${column} is not null group by ${column} having count(*) > 1`,
  };
}
