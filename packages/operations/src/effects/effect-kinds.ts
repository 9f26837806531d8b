import type { EffectKind } from './effect-kind.ts';

/** Texts by the prefix of their cause's key; what follows it names the cause. Later parts of a long one are no effects of their own. */
const texts = (prefix: string, where: string) =>
  `select org_id, substr(cause_key, ${prefix.length + 1}) as key, created_at as at from outbound_messages
   where cause_key like '${prefix}%' and cause_key !~ ':part-(sms-)?[0-9]+$' and ${where}`;

/** Events as they were first written; a replay is the operators' own. */
const published = (type: string, key: string) =>
  `select org_id, envelope->'data'->>'${key}' as key, published_at as at from event_log
     where envelope->>'type' = '${type}' and producer <> 'operations'
   union all select org_id, envelope->'data'->>'${key}', created_at from outbox
     where envelope->>'type' = '${type}' and producer <> 'operations'`;

/** What leaves the house, by kind, with what must have caused it. */
export const effectKinds: readonly EffectKind[] = [
  {
    name: 'answers to texts',
    causes: `select org_id, handled_turn_id::text as key, min(created_at) as at from inbound_messages
      where handled_by in ('turn', 'card-answer') group by org_id, handled_turn_id`,
    effects: texts('turn:', "class = 'reply'"),
    missing: 'an answered text without an answer',
    unasked: 'an answer to no text',
    twice: 'two answers of one turn',
  },
  {
    name: 'answers to keywords',
    causes: `select org_id, details->>'message' as key, at from audit_log
      where action in ('keyword received', 'opt-out understood') and details->>'effect' = 'answered'`,
    effects: texts('keyword:', "class = 'keyword-answer'"),
    missing: 'a keyword that was to be answered and was not',
    unasked: 'an answer to no keyword',
    twice: 'two answers to one keyword',
  },
  {
    name: 'texts back to missed calls',
    causes: "select org_id, id::text as key, created_at as at from calls where outcome = 'missed'",
    effects: texts('call:', "class = 'missed-call'"),
    missing: 'a missed call without a text',
    unasked: 'a text back to a call that was not missed',
    twice: 'two texts back to one missed call',
  },
  {
    name: 'requests to send',
    // The event log reaches back only so far.
    causes: `select org_id, id::text as key, created_at as at from outbound_messages
      where created_at > (select min(published_at) from event_log)`,
    effects: `select * from (${published('messaging.text-requested.v1', 'messageId')}) as requested
      where exists (select from outbound_messages m where m.org_id = requested.org_id and m.id = requested.key::uuid
        and m.created_at > (select min(published_at) from event_log))`,
    missing: 'a text that nobody was asked to send',
    twice: 'a text that was asked for twice',
  },
  {
    name: 'texts that left',
    causes: `select org_id, id::text as key, created_at as at from outbound_messages m
      where state in ('sent', 'delivered', 'read', 'undelivered') or state = 'failed' and provider_message_id is not null`,
    effects: `select org_id, message_id::text as key, started_at as at from send_attempts where outcome = 'accepted'`,
    missing: 'a text that counts as sent though no attempt was accepted',
    unasked: 'a text that left though it does not count as sent',
    twice: 'more than one attempt that the carrier took for one text',
  },
  {
    name: 'deposit links',
    causes: 'select org_id, id::text as key, created_at as at from deposits where square_link_id is not null',
    effects: texts('deposit-link:', 'true'),
    missing: 'a link that the patient was not sent',
    unasked: 'a text with a link that no deposit has',
    twice: 'a link that the patient was sent twice',
  },
  {
    name: 'payments',
    causes: `select r.org_id, r.payment_id as key, r.reported_at as at
      from payment_reports r join deposits d on d.org_id = r.org_id and d.square_order_id = r.order_id
      where r.status = 'COMPLETED' and r.amount_cents > 0`,
    effects: `select org_id, square_payment_id as key, occurred_at as at from ledger_entries where kind = 'captured'`,
    missing: 'a completed payment that is not in the ledger',
    unasked: 'money in the ledger that no completed payment brought',
    twice: 'a payment that is in the ledger twice',
  },
  {
    name: 'bookings',
    causes: `select org_id, appointment_id::text as key, paid_at as at from deposits where state = 'paid'`,
    // One that was cancelled after it was confirmed had its effect.
    effects: `select a.org_id, a.id::text as key, a.confirmed_at as at
      from appointments a join deposits d on d.org_id = a.org_id and d.appointment_id = a.id
      where a.state = 'confirmed' or a.state = 'cancelled' and a.confirmed_at is not null`,
    missing: 'a paid deposit without a confirmed visit',
    unasked: 'a visit confirmed before its deposit was paid',
    twice: 'a visit that two deposits confirmed',
  },
  {
    name: 'confirmations',
    causes: "select org_id, id::text as key, confirmed_at as at from appointments where state = 'confirmed'",
    effects: texts('booked:', 'contact_id is not null'),
    missing: 'a confirmed visit that the patient was not told of',
    twice: 'a confirmed visit that the patient was told of twice',
  },
  {
    name: 'reminders and follow-ups',
    causes: "select org_id, id::text as key, state_at as at from scheduled_texts where state = 'asked'",
    effects: texts('scheduled:', 'contact_id is not null'),
    missing: 'a scheduled text that counts as asked for and is not there',
    unasked: 'a reminder or follow-up that was not due',
    twice: 'a reminder or follow-up that the patient got twice',
  },
  {
    name: 'staff notices',
    // By today's staff: a clinic whose first member came later has old causes without notices. Tasks about texts, numbers and
    // registrations wait in the list and text nobody.
    causes: `select cause.* from (
        select org_id, 'booked:' || id as key, confirmed_at as at from appointments where state = 'confirmed'
        union all select org_id, cause_key, created_at from staff_tasks
          where kind not in ('text-failed', 'text-outcome-unknown', 'registration', 'number-changed') and not exists (select from erased_ids e
            where e.org_id = staff_tasks.org_id and e.id = staff_tasks.appointment_id)) as cause
      where exists (select from staff_members s where s.org_id = cause.org_id and s.receives_notices)`,
    effects: `select distinct on (org_id, key) * from (
      select org_id, regexp_replace(cause_key, ':staff:[^:]*(:part-[0-9]+)?$', '') as key, created_at as at
      from outbound_messages where class = 'staff-notice') as notices order by org_id, key, at`,
    missing: 'a confirmed visit or a task that the staff were not told of',
    twice: 'a notice that staff got twice',
  },
];
