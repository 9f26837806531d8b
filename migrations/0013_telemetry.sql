-- What services measure and check at their start: open parked messages, and which migrations there are. Safe online: a function, a grant.

-- How many refused messages of a queue nobody has settled. A number, of all clinics.
create function open_parked_messages(of_queue text) returns integer
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from parked_messages where resolved_at is null and queue = of_queue
$$;
revoke execute on function open_parked_messages(text) from public;
grant execute on function open_parked_messages(text) to frontdesk_relay;

create policy owner_reads on parked_messages for select to current_user using (true);

grant select on migrations to frontdesk_relay, frontdesk_operator;
