import { contexts } from '@frontdesk/contracts';
import type { Desk } from './desk.ts';

const consumers = Object.values(contexts)
  .map(({ queue, service }) => `('${queue}', '${service}')`)
  .join(', ');

/** Work that is still open. A desk at rest has none; a desk that has some for ever has lost something. */
const openWork: Record<string, string> = {
  'an event that is not published': `
    select event_id::text from outbox`,
  'an event that its consumer never took': `
    select e.event_id::text from event_log e join (values ${consumers}) as c (queue, consumer) on c.queue = e.queue
    where not exists (select from inbox i where i.consumer = c.consumer and i.event_id = e.event_id::text)`,
  'an inbound text that nobody took': `
    select id::text from inbound_messages where handled_by is null`,
  'a turn that never ended': `
    select id::text from turns where state = 'running'`,
  'an ended call that nobody judged': `
    select id::text from calls where ended_at is not null and outcome is null`,
  'a text that neither left, failed, was suppressed nor is known to be unknown': `
    select id::text from outbound_messages where state in ('queued', 'sending')`,
  'a deposit whose link is neither made nor given up': `
    select id::text from deposits where state = 'requested'`,
  'a hold that ran out and was not released': `
    select id::text from appointments where hold_expires_at < now() and state <> 'confirmed'`,
};

/** Causes without their effect, and effects without their cause. */
const brokenPromises: Record<string, string> = {
  'a message that a consumer refused': `
    select reason from parked_messages`,
  'an answered text without an answer': `
    select i.id::text from inbound_messages i where i.handled_by in ('turn', 'card-answer')
      and not exists (select from outbound_messages o where o.org_id = i.org_id and o.cause_key = 'turn:' || i.handled_turn_id)`,
  'an answer to no text': `
    select o.id::text from outbound_messages o where o.cause_key like 'turn:%' and o.class = 'reply'
      and not exists (select from inbound_messages i where i.org_id = o.org_id and 'turn:' || i.handled_turn_id = o.cause_key)`,
  'a missed call without a text': `
    select c.id::text from calls c where c.outcome = 'missed'
      and not exists (select from outbound_messages o where o.org_id = c.org_id and o.cause_key = 'call:' || c.id)`,
  'a text back to a call that was not missed': `
    select o.id::text from outbound_messages o where o.class = 'missed-call' and not exists (
      select from calls c where c.org_id = o.org_id and 'call:' || c.id = o.cause_key and c.outcome = 'missed')`,
  'a text that counts as sent though no attempt was accepted': `
    select m.id::text from outbound_messages m where m.state in ('sent', 'delivered', 'undelivered')
      and not exists (select from send_attempts a where a.message_id = m.id and a.outcome = 'accepted')`,
  'more than one attempt that the carrier took for one text': `
    select message_id::text from send_attempts where outcome = 'accepted' group by message_id having count(*) > 1`,
  'a text whose fate is unknown without a task for staff': `
    select m.id::text from outbound_messages m where m.state = 'unknown'
      and not exists (select from staff_tasks t where t.message_id = m.id)`,
  'two live visits of one practitioner at the same time': `
    select a.id::text from appointments a join appointments b on a.org_id = b.org_id and a.practitioner_id = b.practitioner_id
      and a.id < b.id and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
    where a.state in ('held', 'confirmed') and b.state in ('held', 'confirmed')`,
  'two times held for one person': `
    select contact_id::text from appointments where state = 'held' group by contact_id having count(*) > 1`,
  'a link that the patient was not sent': `
    select d.id::text from deposits d where d.square_link_id is not null
      and not exists (select from outbound_messages o where o.org_id = d.org_id and o.cause_key = 'deposit-link:' || d.id)`,
  'a paid deposit without a confirmed visit': `
    select d.id::text from deposits d join appointments a on a.org_id = d.org_id and a.id = d.appointment_id
    where d.state = 'paid' and a.state <> 'confirmed'`,
  'a visit confirmed before its deposit was paid': `
    select a.id::text from appointments a join deposits d on d.org_id = a.org_id and d.appointment_id = a.id
    where a.state = 'confirmed' and d.state <> 'paid'`,
  'a confirmed visit that the patient was not told of': `
    select a.id::text from appointments a where a.state = 'confirmed'
      and not exists (select from outbound_messages o where o.org_id = a.org_id and o.cause_key = 'booked:' || a.id)`,
  'a confirmed visit that the staff were not told of': `
    select a.id::text from appointments a join staff_members s on s.org_id = a.org_id and s.receives_notices
    where a.state = 'confirmed' and not exists (select from outbound_messages o
      where o.org_id = a.org_id and o.staff_member_id = s.id and o.cause_key = 'booked:' || a.id || ':staff:' || s.id)`,
  'a lead that does not know of its paid deposit': `
    select d.id::text from deposits d join leads l on l.org_id = d.org_id and l.deposit_asked_appointment_id = d.appointment_id
    where d.state in ('paid', 'paid_without_slot') and l.deposit_status <> d.state`,
  'a deposit captured twice': `
    select deposit_id::text from ledger_entries where kind = 'captured' group by deposit_id having count(*) > 1`,
  'money without a visit and without a task for staff': `
    select d.id::text from deposits d where d.state = 'paid_without_slot'
      and not exists (select from staff_tasks t where t.deposit_id = d.id and t.kind = 'paid-without-slot')`,
};

const mostShown = 5;

const everything = Object.entries({ ...openWork, ...brokenPromises })
  .map(([what, sql]) => `select '${what}' as what, broken.* from (${sql}) as broken (by)`)
  .join(' union all ');

/** What the rows alone say, all in one moment. */
export async function breachesInRows({ rows }: Desk): Promise<string[]> {
  const found = await rows.query<{ what: string; by: string }>(everything);
  return [...Map.groupBy(found.rows, ({ what }) => what)].map(
    ([what, broken]) =>
      `${what} (${broken.length}): ${broken
        .slice(0, mostShown)
        .map(({ by }) => by)
        .join(', ')}`,
  );
}
