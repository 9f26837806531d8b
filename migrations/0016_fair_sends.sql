-- Limits of throughput that all instances share, the order in which texts wait for room, and look-ups of lost sends. Safe online: new functions, a new table, a nullable column, an index in place of one that nothing used yet.

-- When each limit has room again, as the generic cell rate algorithm counts it. Lost in a crash of the server they start again with room.
create unlogged table send_room (
  -- A carrier account, a number or a campaign.
  key text primary key,
  -- When everything that was let through would have left, one after the other at the limit's pace.
  free_at timestamptz not null
) with (fillfactor = 50);
alter table send_room enable row level security;
alter table send_room force row level security;
create policy owner_keeps on send_room to current_user using (true);

-- How much of a limit may be used at once: a quarter of a second's worth, and one text in any case.
create function send_burst(per_second double precision) returns interval
  language sql immutable as $$
  select greatest(0, 0.25 - 1 / per_second) * interval '1 second'
$$;

-- Takes room for one text under all of these limits, or under none: then it answers the limit that is exhausted the longest
-- and for how long. What it takes is given back when the transaction rolls back. It tells the time itself, since instances differ.
create function take_send_room(keys text[], per_second double precision[])
  returns table (full_key text, wait_ms integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asked timestamptz := clock_timestamp();
begin
  -- First without a lock: who finds no room waits for nobody to learn so.
  for attempt in 1..2 loop
    return query
      select r.key, ceil(extract(epoch from r.free_at - send_burst(l.rate) - asked) * 1000)::integer
      from unnest(keys, per_second) as l (key, rate) join send_room r on r.key = l.key
      where r.free_at - send_burst(l.rate) > asked
      order by r.free_at - send_burst(l.rate) desc
      limit 1;
    if found then
      return;
    end if;
    if attempt = 1 then
      insert into send_room (key, free_at) select k, asked from unnest(keys) as k order by k on conflict do nothing;
      perform from send_room r where r.key = any (keys) order by r.key for update;
      asked := clock_timestamp();
    end if;
  end loop;
  update send_room r set free_at = greatest(r.free_at, asked) + interval '1 second' / l.rate
  from unnest(keys, per_second) as l (key, rate) where r.key = l.key;
end
$$;

-- Leaves no room under a limit for a while: the carrier asked for a pause.
create function pause_sends(paused_key text, pause_ms integer) returns void
  language sql volatile security definer set search_path = public, pg_temp as $$
  insert into send_room (key, free_at) values (paused_key, clock_timestamp() + pause_ms * interval '1 millisecond')
  on conflict (key) do update set free_at = greatest(send_room.free_at, excluded.free_at)
$$;

drop index outbound_messages_waiting;
create index outbound_messages_waiting on outbound_messages (priority, org_id, from_number, next_attempt_at)
  where state = 'queued' and next_attempt_at is not null;

-- Texts of one priority that are due, in turns: one of each number of each clinic, then the second of each, and so on, beginning
-- with the number behind `after_number`. Numbers and carriers without room are passed over.
create function fair_sends(of_priority integer, due_before timestamptz, at_most integer, after_org uuid, after_number text,
    full_numbers text[], full_carriers text[])
  returns table (org_id uuid, id uuid, number text, carrier text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  at_org uuid := after_org;
  at_number text := after_number;
  at_carrier text;
  around boolean := false;
  ids uuid[] := '{}';
  orgs uuid[] := '{}';
  numbers text[] := '{}';
  carriers text[] := '{}';
  turns integer[] := '{}';
  found_ids uuid[];
begin
  -- From one number to the next on the index, once around.
  for step in 1..5000 loop
    select m.org_id, m.from_number into at_org, at_number from outbound_messages m
      where m.state = 'queued' and m.next_attempt_at is not null and m.priority = of_priority
        and (m.org_id, m.from_number) > (at_org, at_number)
      order by m.org_id, m.from_number limit 1;
    if not found then
      exit when around;
      around := true;
      at_org := nobody;
      at_number := '';
      continue;
    end if;
    exit when around and (at_org, at_number) > (after_org, after_number);
    continue when at_number = any (full_numbers);
    select p.carrier into at_carrier from phone_numbers p where p.e164 = at_number and p.org_id = at_org;
    continue when at_carrier = any (full_carriers);
    found_ids := array(select m.id from outbound_messages m
      where m.state = 'queued' and m.next_attempt_at <= due_before and m.priority = of_priority
        and m.org_id = at_org and m.from_number = at_number
      order by m.next_attempt_at limit 10);
    for turn in 1..cardinality(found_ids) loop
      ids := ids || found_ids[turn];
      orgs := orgs || at_org;
      numbers := numbers || at_number;
      carriers := carriers || coalesce(at_carrier, '');
      turns := turns || turn;
    end loop;
    exit when cardinality(ids) >= at_most * 10;
  end loop;
  return query
    select f.org_id, f.id, f.number, f.carrier
    from unnest(orgs, ids, numbers, carriers, turns) with ordinality as f (org_id, id, number, carrier, turn, place)
    order by f.turn, f.place limit at_most;
end
$$;

-- When the carrier was last asked what became of it.
alter table send_attempts add column asked_at timestamptz;

-- Attempts without an outcome, or with an unknown one, that the carrier can be asked about and staff have not been told of.
create function lost_attempts(started_before timestamptz, asked_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.org_id, a.id from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
  where (a.outcome is null or a.outcome = 'unknown') and a.started_at <= started_before and m.state in ('sending', 'unknown')
    and (a.asked_at is null or a.asked_at <= asked_before)
    and not exists (select from staff_tasks t
      where t.org_id = a.org_id and t.cause_key = 'text-outcome-unknown:' || a.message_id)
  order by random() limit at_most
$$;

revoke execute on function
  send_burst(double precision), take_send_room(text[], double precision[]), pause_sends(text, integer),
  fair_sends(integer, timestamptz, integer, uuid, text, text[], text[]), lost_attempts(timestamptz, timestamptz, integer)
  from public;
grant execute on function
  take_send_room(text[], double precision[]), pause_sends(text, integer),
  fair_sends(integer, timestamptz, integer, uuid, text, text[], text[]), lost_attempts(timestamptz, timestamptz, integer)
  to frontdesk_messaging_worker;
