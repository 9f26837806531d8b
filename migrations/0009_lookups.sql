-- Look-ups that precede the tenant: they see all clinics and answer only ids. Safe online: new functions.

-- What waits is found in any order, not the oldest first: rows that always fail must not keep the others from being found.

-- Which clinic has these numbers.
create function route_numbers(numbers text[])
  returns table (e164 text, org_id uuid, location_id uuid, call_handling text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select e164, org_id, location_id, call_handling from phone_numbers where e164 = any (numbers)
$$;

-- Which clinic has this Square merchant and location.
create function route_square(merchant text, square_location text)
  returns table (org_id uuid, location_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, location_id from deposit_accounts where merchant_id = merchant and square_location_id = square_location
$$;

-- Conversations with texts that have waited unanswered since before `waiting_since`, without a live lease.
create function unanswered_conversations(waiting_since timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.org_id, m.conversation_id
  from inbound_messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
  where m.handled_by is null and m.created_at < waiting_since and (c.leased_until is null or c.leased_until < now())
  group by m.org_id, m.conversation_id
  order by random()
  limit at_most
$$;

create function undecided_calls(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from calls where decide_at <= due_before and outcome is null order by random() limit at_most
$$;

-- Texts whose (next) attempt is due.
create function due_sends(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from outbound_messages
  where state = 'queued' and next_attempt_at <= due_before order by random() limit at_most
$$;

-- Attempts without an outcome, or with an unknown one, since before `started_before`, that staff have not been told of.
create function unresolved_attempts(started_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.org_id, a.id from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
  where (a.outcome is null or a.outcome = 'unknown') and a.started_at <= started_before and m.state in ('sending', 'unknown')
    and not exists (select from staff_tasks t
      where t.org_id = a.org_id and t.cause_key = 'text-outcome-unknown:' || a.message_id)
  order by random() limit at_most
$$;

-- Deposits whose Square link is still to be made.
create function due_deposit_links(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from deposits
  where state = 'requested' and next_attempt_at <= due_before order by random() limit at_most
$$;

-- Holds that ran out, and holds that were ended but whose end is still to be settled.
create function run_out_holds(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from appointments
  where hold_expires_at <= due_before and state <> 'confirmed' order by random() limit at_most
$$;
