-- What operators see and do, replays and how their effects stay in the house, and what is forgotten when. Safe online once event_log
-- is small enough to be indexed in a moment; otherwise build its two indexes per partition, concurrently, beforehand.

do $$
declare
  role_name text;
begin
  foreach role_name in array array['frontdesk_operator', 'frontdesk_retention'] loop
    begin
      execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', role_name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
end
$$;
grant usage on schema public to frontdesk_operator, frontdesk_retention;

-- The order in which the events were written: the id that the row had in the outbox. Rows from before have 0 and go by their event ids.
alter table event_log add column position bigint not null default 0;
create index on event_log (position);
create index on event_log ((envelope ->> 'correlationId'));

-- Numbers of replays, of events and of webhooks alike: a replayed event is known to SQS and the inbox as `<event id>:r<number>`.
create sequence replay_numbers;

-- A replay of published events. `position` and `event_id` say up to where its events are in the outbox.
create table replays (
  number bigint primary key default nextval('replay_numbers'),
  requested_by text not null,
  -- Which events: ids, types, a clinic, a time range, a consumer.
  selection jsonb not null,
  inbox text not null check (inbox in ('respected', 'bypassed')),
  effects text not null check (effects in ('withheld', 'allowed')),
  per_second integer not null check (per_second > 0),
  planned integer not null,
  replayed integer not null default 0,
  position bigint not null default -1,
  event_id uuid not null default '00000000-0000-0000-0000-000000000000',
  requested_at timestamptz not null,
  finished_at timestamptz
);

-- A stored webhook that ingress is to take in again, as if it had just been verified.
create table webhook_replays (
  number bigint primary key default nextval('replay_numbers'),
  webhook_event_id uuid not null,
  requested_by text not null,
  -- Take it in although it was taken in before.
  again boolean not null,
  effects text not null check (effects in ('withheld', 'allowed')),
  requested_at timestamptz not null,
  done_at timestamptz,
  outcome text check (outcome in ('accepted', 'duplicate', 'parked', 'unreadable'))
);
create index on webhook_replays (number) where done_at is null;

-- How a parked message came to its end, and who saw to it: put back where it came from, or given up.
alter table parked_messages add column resolved_by text;
alter table parked_messages add column resolution text check (resolution in ('redriven', 'dismissed'));

-- The attempt that a receipt's address named, which its body does not repeat.
alter table webhook_events add column attempt_id uuid;
create index on webhook_events using brin (verified_at);

alter table replays enable row level security;
alter table replays force row level security;
create policy operator on replays to frontdesk_operator using (true);
alter table webhook_replays enable row level security;
alter table webhook_replays force row level security;
create policy operator on webhook_replays to frontdesk_operator using (true);
create policy ingress on webhook_replays to frontdesk_webhook_ingress using (true);
create policy owner_reads on webhook_replays for select to current_user using (true);

-- Operators read all clinics' rows, but no column with what a person wrote, a name or a number.
do $$
declare
  a_table text;
begin
  foreach a_table in array array[
    'event_log', 'outbox', 'inbox', 'parked_messages', 'webhook_events', 'organizations', 'contacts', 'conversations',
    'inbound_messages', 'outbound_messages', 'send_attempts', 'calls', 'turns', 'turn_steps', 'leads', 'time_offers',
    'appointments', 'deposits', 'payment_reports', 'ledger_entries', 'staff_tasks', 'staff_members', 'consent_events', 'opt_outs',
    'audit_log'
  ] loop
    execute format('create policy operator_reads on %I for select to frontdesk_operator using (true)', a_table);
  end loop;
end
$$;
grant select on event_log, outbox, inbox, parked_messages, replays, webhook_replays, send_attempts, payment_reports, ledger_entries,
  time_offers, audit_log to frontdesk_operator;
grant select (id, org_id, provider, kind, external_id, attempt_id, parked_reason, verified_at) on webhook_events to frontdesk_operator;
grant select (id, time_zone, missed_call_text, created_at) on organizations to frontdesk_operator;
grant select (org_id, id, created_at) on contacts to frontdesk_operator;
grant select (org_id, id, contact_id, state, fence, leased_until, last_inbound_at, created_at) on conversations to frontdesk_operator;
grant select (org_id, id, seq, conversation_id, has_card_number, provider, provider_message_id, received_at, created_at, handled_by,
  handled_turn_id, handled_at) on inbound_messages to frontdesk_operator;
-- The reason is one of our own sentences.
grant select (org_id, id, seq, conversation_id, contact_id, staff_member_id, class, kind, cause_key, state, reason, attempts,
  next_attempt_at, provider_message_id, created_at, state_at) on outbound_messages to frontdesk_operator;
grant select (org_id, id, conversation_id, provider, session_id, started_at, answered_at, ended_at, hangup_cause, decide_at, outcome,
  created_at) on calls to frontdesk_operator;
grant select (org_id, id, conversation_id, fence, state, last_inbound_seq, started_at, ended_at) on turns to frontdesk_operator;
grant select (org_id, turn_id, step, created_at) on turn_steps to frontdesk_operator;
grant select (org_id, contact_id, source, service_id, deposit_status, deposit_asked_at, deposit_asked_appointment_id, created_at,
  updated_at) on leads to frontdesk_operator;
grant select (org_id, id, location_id, practitioner_id, service_id, contact_id, conversation_id, starts_at, ends_at, state,
  hold_expires_at, cause_key, created_at, confirmed_at) on appointments to frontdesk_operator;
grant select (org_id, id, appointment_id, contact_id, conversation_id, location_id, amount_cents, currency, state, idempotency_key,
  square_order_id, square_link_id, attempts, next_attempt_at, told_of_delay_at, expires_at, square_payment_id, paid_at, created_at)
  on deposits to frontdesk_operator;
grant select (org_id, id, kind, conversation_id, appointment_id, deposit_id, message_id, cause_key, created_at, due_at, resolved_at)
  on staff_tasks to frontdesk_operator;
grant select (org_id, id, receives_notices) on staff_members to frontdesk_operator;
grant select (org_id, id, kind, source, inbound_message_id, occurred_at) on consent_events to frontdesk_operator;
grant select (org_id, opted_out_at) on opt_outs to frontdesk_operator;

-- What operators write: replays, events as the producer `operations` with their way into the event log, what is settled, and the audit.
grant insert on replays, outbox, event_log, audit_log, webhook_replays to frontdesk_operator;
grant update (replayed, position, event_id, finished_at) on replays to frontdesk_operator;
grant delete on outbox to frontdesk_operator;
grant update (resolved_at, resolved_by, resolution) on parked_messages to frontdesk_operator;
grant usage on sequence replay_numbers to frontdesk_operator;
create policy operator_writes on outbox for insert to frontdesk_operator with check (producer = 'operations');
-- The policy for services would let an operator write as a service named `operator`.
create policy operator_is_no_service on outbox as restrictive for insert to frontdesk_operator with check (producer = 'operations');
create policy operator_publishes on outbox for delete to frontdesk_operator using (producer = 'operations');
create policy operator_logs on event_log for insert to frontdesk_operator with check (producer = 'operations');
create policy operator_writes on audit_log for insert to frontdesk_operator with check (true);
create policy operator_settles on parked_messages for update to frontdesk_operator using (true);

-- A transaction whose setting `app.replay` is not empty handles a replayed event or webhook with its effects withheld. Whatever it
-- writes stays in the house: its events carry the mark on, its texts never leave, and nothing that it writes becomes due.
create function mark_withheld_event() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.envelope := new.envelope || jsonb_build_object('replay', current_setting('app.replay')::jsonb);
  return new;
end
$$;
create trigger withheld before insert on outbox for each row
  when (current_setting('app.replay', true) <> '') execute function mark_withheld_event();

create function suppress_withheld_text() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.state := 'suppressed';
  new.reason := 'a replay wrote it, with its effects withheld';
  new.next_attempt_at := null;
  return new;
end
$$;
create trigger withheld before insert on outbound_messages for each row
  when (current_setting('app.replay', true) <> '') execute function suppress_withheld_text();

alter table inbound_messages drop constraint inbound_messages_handled_by_check;
alter table inbound_messages add constraint inbound_messages_handled_by_check check (handled_by in
  ('turn', 'keyword', 'card-answer', 'duplicate', 'opted-out', 'staff', 'handed-off', 'withheld')) not valid;
alter table inbound_messages validate constraint inbound_messages_handled_by_check;
create function settle_withheld_text() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.handled_by := 'withheld';
  new.handled_at := new.created_at;
  return new;
end
$$;
create trigger withheld before insert on inbound_messages for each row
  when (new.handled_by is null and current_setting('app.replay', true) <> '') execute function settle_withheld_text();

create function keep_withheld_call_undue() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.decide_at := old.decide_at;
  return new;
end
$$;
create trigger withheld before update of decide_at on calls for each row
  when (current_setting('app.replay', true) <> '') execute function keep_withheld_call_undue();

-- The webhooks that operators want taken in again, oldest request first.
create function due_webhook_replays(at_most integer)
  returns table (number bigint, again boolean, effects text, id uuid, org_id uuid, provider text, kind text, external_id text,
    payload jsonb, attempt_id uuid, verified_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.number, r.again, r.effects, e.id, e.org_id, e.provider, e.kind, e.external_id, e.payload, e.attempt_id, e.verified_at
  from webhook_replays r join webhook_events e on e.id = r.webhook_event_id
  where r.done_at is null order by r.number limit at_most
$$;

-- Gives a webhook that no clinic could be found for to the clinic that has its number now. False when it has one already.
create function adopt_webhook(webhook uuid, clinic uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update webhook_events set org_id = clinic, parked_reason = null where id = webhook and org_id is null;
  return found;
end
$$;
create policy owner_reads on webhook_events for select to current_user using (true);
create policy owner_adopts on webhook_events for update to current_user using (org_id is null) with check (org_id is not null);

grant select (number, done_at), update (done_at, outcome) on webhook_replays to frontdesk_webhook_ingress;
revoke execute on function due_webhook_replays(integer), adopt_webhook(uuid, uuid) from public;
grant execute on function due_webhook_replays(integer), adopt_webhook(uuid, uuid) to frontdesk_webhook_ingress;

-- What is forgotten, and how old it must be at least, whatever the one who asks believes. SQS keeps a message for 14 days.
grant select, delete on inbox, webhook_events, parked_messages to frontdesk_retention;
create policy retention on inbox to frontdesk_retention using (handled_at < now() - interval '15 days');
-- The policy of tenants would let it forget what is young of a clinic that it names.
create policy retention_is_old on inbox as restrictive to frontdesk_retention using (handled_at < now() - interval '15 days');
create policy retention on webhook_events to frontdesk_retention using (verified_at < now() - interval '7 days');
create policy retention on parked_messages to frontdesk_retention using (resolved_at < now() - interval '1 day');

-- Makes the partitions of today and of the next `days` days (UTC). Rows of such a day that are in the default partition move.
create or replace function ensure_event_log_partitions(days integer default 3) returns void
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '5s' as $$
declare
  first_day date := (now() at time zone 'utc')::date;
  the_day date;
  a_partition text;
  starts timestamptz;
  ends timestamptz;
begin
  for the_day in select first_day + offset_days from generate_series(0, days) as offset_days loop
    a_partition := 'event_log_' || to_char(the_day, 'YYYYMMDD');
    continue when to_regclass(a_partition) is not null;
    -- Whoever waited for another process finds the partition made.
    perform pg_advisory_xact_lock(hashtext('frontdesk.event-log'));
    continue when to_regclass(a_partition) is not null;
    starts := the_day::timestamp at time zone 'utc';
    ends := (the_day + 1)::timestamp at time zone 'utc';
    lock table event_log in share update exclusive mode;
    lock table event_log_default in access exclusive mode;
    execute format('create table %I (like event_log including defaults)', a_partition);
    execute format('with moved as (delete from event_log_default where published_at >= %L and published_at < %L returning *)
      insert into %I select * from moved', starts, ends, a_partition);
    execute format('alter table event_log attach partition %I for values from (%L) to (%L)', a_partition, starts, ends);
  end loop;
end
$$;

-- Drops the partitions whose days are over at `keep_from`, oldest first, and the rows from before in the default partition, at most
-- `at_most` of them. Returns how many partitions and how many rows went.
create function forget_event_log(keep_from timestamptz, at_most integer)
  returns table (partitions integer, rows integer)
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '2s' as $$
declare
  a_partition text;
begin
  if keep_from > now() - interval '1 day' then
    raise exception 'the event log of the last day is never forgotten';
  end if;
  partitions := 0;
  for a_partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'event_log'::regclass and c.relname ~ '^event_log_\d{8}$'
      and (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'utc' <= keep_from
    order by 1
  loop
    execute format('alter table event_log detach partition %I', a_partition);
    execute format('drop table %I', a_partition);
    partitions := partitions + 1;
  end loop;
  delete from event_log_default where ctid = any (array(
    select d.ctid from event_log_default d where d.published_at < keep_from limit at_most));
  get diagnostics rows = row_count;
  return next;
end
$$;
revoke execute on function forget_event_log(timestamptz, integer) from public;
grant execute on function forget_event_log(timestamptz, integer) to frontdesk_retention;
