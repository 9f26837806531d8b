import { contexts } from '@frontdesk/contracts';
import type { Rule } from './effect-kind.ts';

const consumers = Object.values(contexts)
  .map(({ queue, service }) => `('${queue}', '${service}')`)
  .join(', ');

/** Work that is not done yet. At rest there is none; what stays for longer than it may was lost on its way. */
export const openWork: readonly Rule[] = [
  {
    what: 'an event that is not published',
    sql: 'select org_id, event_id::text as id, created_at as at from outbox',
    patienceSeconds: 60,
  },
  {
    what: 'an event that its consumer never took',
    sql: `select e.org_id, e.event_id::text as id, e.published_at as at
      from event_log e join (values ${consumers}) as c (queue, consumer) on c.queue = e.queue
      where e.producer <> 'operations'
        and not exists (select from inbox i where i.consumer = c.consumer
          -- One whose effects are withheld may be noted alone, under the id of the replay.
          and i.event_id in (e.event_id::text, e.event_id || ':r' || (e.envelope -> 'replay' ->> 'number')))
        and not exists (select from parked_messages p
          where p.queue = e.queue and p.resolved_at is not null and p.body like '%' || e.event_id || '%')`,
    patienceSeconds: 300,
  },
  {
    what: 'an inbound text that nobody took',
    sql: 'select org_id, id::text as id, created_at as at from inbound_messages where handled_by is null',
    patienceSeconds: 120,
  },
  {
    what: 'a turn that never ended',
    sql: "select org_id, id::text as id, started_at as at from turns where state = 'running'",
    patienceSeconds: 120,
  },
  {
    what: 'an ended call that nobody judged',
    sql: 'select org_id, id::text as id, ended_at as at from calls where ended_at is not null and outcome is null',
    patienceSeconds: 120,
  },
  {
    what: 'a text that neither left, failed, was suppressed nor is known to be unknown',
    // What is to leave later, such as a reminder at eight, is open from then on.
    sql: `select org_id, id::text as id, greatest(state_at, next_attempt_at) as at
      from outbound_messages where state in ('queued', 'sending')`,
    patienceSeconds: 900,
  },
  {
    what: 'a reminder or follow-up that is due and was neither asked for nor dropped',
    sql: "select org_id, id::text as id, due_at as at from scheduled_texts where state = 'scheduled' and due_at <= now()",
    patienceSeconds: 900,
  },
  {
    what: 'a file of a text that is neither kept nor given up',
    // A carrier that has no time is asked again later.
    sql: "select org_id, id::text as id, greatest(state_at, next_attempt_at) as at from inbound_media where state = 'queued'",
    patienceSeconds: 900,
  },
  {
    what: 'a deposit whose link is neither made nor given up',
    sql: "select org_id, id::text as id, created_at as at from deposits where state = 'requested'",
    patienceSeconds: 900,
  },
  {
    what: 'a hold that ran out and was not released',
    sql: `select org_id, id::text as id, hold_expires_at as at from appointments
      where hold_expires_at < now() and state <> 'confirmed'`,
    patienceSeconds: 900,
  },
];
