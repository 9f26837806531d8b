-- Texts of both channels in one line, the word of a provider that the window of WhatsApp is closed, and the language that a clinic speaks. Safe online: nullable or constant columns, small partial indexes, a new function beside the old one.

-- The language that templates are sent in to whoever has not shown theirs.
alter table organizations add column language text not null default 'en' check (language ~ '^[a-z]{2}$');

-- When the provider said that it takes nothing but templates for this person, whatever the desk knew of the 24 hours.
alter table outbound_messages add column window_closed_at timestamptz;

-- The newest text of a person to a sender tells whether the window is open.
create index inbound_messages_on_whatsapp on inbound_messages (org_id, conversation_id, to_number, received_at)
  where channel = 'whatsapp';

-- Only a little stands in this index at any time: what waits to leave.
create index outbound_messages_in_line on outbound_messages (priority, org_id, from_number, channel, next_attempt_at)
  where state = 'queued' and next_attempt_at is not null;

-- Texts of one priority that are due, in turns: one of each place (a number of a clinic on one channel), then the second of each,
-- and so on, beginning behind the place `after_org, after_number, after_channel`. A number on two channels leaves by two carriers.
-- `full_places` are written as 'whatsapp +14805550100'. The older function without channels goes with the release after this one.
create function fair_sends(of_priority integer, due_before timestamptz, at_most integer, after_org uuid, after_number text,
    after_channel text, full_places text[], full_carriers text[])
  returns table (org_id uuid, id uuid, number text, channel text, carrier text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  at_org uuid := after_org;
  at_number text := after_number;
  at_channel text := after_channel;
  at_carrier text;
  around boolean := false;
  ids uuid[] := '{}';
  orgs uuid[] := '{}';
  numbers text[] := '{}';
  channels text[] := '{}';
  carriers text[] := '{}';
  turns integer[] := '{}';
  found_ids uuid[];
begin
  -- From one place to the next on the index, once around.
  for step in 1..5000 loop
    select m.org_id, m.from_number, m.channel into at_org, at_number, at_channel from outbound_messages m
      where m.state = 'queued' and m.next_attempt_at is not null and m.priority = of_priority
        and (m.org_id, m.from_number, m.channel) > (at_org, at_number, at_channel)
      order by m.org_id, m.from_number, m.channel limit 1;
    if not found then
      exit when around;
      around := true;
      at_org := nobody;
      at_number := '';
      at_channel := '';
      continue;
    end if;
    exit when around and (at_org, at_number, at_channel) > (after_org, after_number, after_channel);
    continue when (at_channel || ' ' || at_number) = any (full_places);
    if at_channel = 'whatsapp' then
      select s.provider into at_carrier from whatsapp_senders s
        where s.e164 = at_number and s.org_id = at_org and s.state = 'online';
    else
      select p.carrier into at_carrier from phone_numbers p where p.e164 = at_number and p.org_id = at_org;
    end if;
    continue when at_carrier = any (full_carriers);
    found_ids := array(select m.id from outbound_messages m
      where m.state = 'queued' and m.next_attempt_at <= due_before and m.priority = of_priority
        and m.org_id = at_org and m.from_number = at_number and m.channel = at_channel
      order by m.next_attempt_at limit 10);
    for turn in 1..cardinality(found_ids) loop
      ids := ids || found_ids[turn];
      orgs := orgs || at_org;
      numbers := numbers || at_number;
      channels := channels || at_channel;
      carriers := carriers || coalesce(at_carrier, '');
      turns := turns || turn;
    end loop;
    exit when cardinality(ids) >= at_most * 10;
  end loop;
  return query
    select f.org_id, f.id, f.number, f.channel, f.carrier
    from unnest(orgs, ids, numbers, channels, carriers, turns) with ordinality
      as f (org_id, id, number, channel, carrier, turn, place)
    order by f.turn, f.place limit at_most;
end
$$;

-- The token of Meta's number: found by the number's id alone, since the sender of a text names it so.
create function whatsapp_token(of_phone_number_id text)
  returns table (org_id uuid, token bytea, token_key_id text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.org_id, s.token, s.token_key_id from whatsapp_senders s
  where s.phone_number_id = of_phone_number_id and s.state in ('connecting', 'online')
$$;

revoke execute on function
  fair_sends(integer, timestamptz, integer, uuid, text, text, text[], text[]), whatsapp_token(text)
  from public;
grant execute on function
  fair_sends(integer, timestamptz, integer, uuid, text, text, text[], text[]), whatsapp_token(text)
  to frontdesk_messaging_worker;
grant select (channel, template_id, window_closed_at) on outbound_messages to frontdesk_operator;
grant select (language) on organizations to frontdesk_operator;
