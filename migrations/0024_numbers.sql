-- Numbers that clinics buy, host, move and give back, and who had each of them when. Safe online: new tables, nullable or constant columns, a trigger on few rows.

alter table phone_numbers
  -- The carrier's own id of the number. Null: it was entered by hand.
  add column carrier_number_id text,
  -- hosted: its texts alone are the desk's; its calls stay where they were.
  add column origin text not null default 'entered' check (origin in ('entered', 'bought', 'hosted')),
  -- Where a call goes that is handed to a person; never a number whose calls come here.
  add column transfer_to text check (transfer_to <> e164);

-- The clinic's own messaging profile (Telnyx) or Messaging Service (Twilio): a STOP to one clinic does not silence another.
create table carrier_profiles (
  org_id uuid not null references organizations (id),
  carrier text not null check (carrier in ('telnyx', 'twilio')),
  profile_id text not null,
  created_at timestamptz not null,
  primary key (org_id, carrier),
  unique (carrier, profile_id)
);

-- Whose a number was, from when until when. Kept by a trigger, whoever writes phone_numbers.
create table number_assignments (
  org_id uuid not null references organizations (id),
  id uuid not null default gen_random_uuid(),
  e164 text not null,
  location_id uuid not null,
  carrier text not null,
  origin text not null,
  carrier_number_id text,
  assigned_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id)
);
create unique index number_assignments_current on number_assignments (e164) where ended_at is null;
create index on number_assignments (org_id, e164);

-- A number that a clinic wants to buy. Its registration of the same id says when it is looked at next.
create table number_orders (
  org_id uuid not null references organizations (id),
  id uuid not null,
  location_id uuid not null,
  carrier text not null check (carrier in ('telnyx', 'twilio')),
  e164 text not null,
  call_handling text not null check (call_handling in ('ring', 'reject')),
  -- requested -> ordering -> bought -> configuring -> assigned; before it is bought -> failed;
  -- afterwards, when it cannot be set up -> releasing -> released.
  state text not null check (state in
    ('requested', 'ordering', 'bought', 'configuring', 'assigned', 'failed', 'releasing', 'released')),
  -- Why it did not come about and what to do, in words for people.
  reason text,
  profile_id text,
  -- The carrier's ids of the order and of the number.
  external_id text,
  number_id text,
  -- How often the carrier was asked for it; the first time is written before it is asked.
  order_tries smallint not null default 0,
  asked_by text not null,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id)
);
-- Nobody orders what somebody else is about to get.
create unique index number_orders_open on number_orders (e164)
  where state in ('requested', 'ordering', 'bought', 'configuring', 'releasing');

-- A number that a clinic gives up. It is the clinic's no more from the first moment; the carrier is told afterwards.
create table number_releases (
  org_id uuid not null references organizations (id),
  id uuid not null,
  location_id uuid not null,
  carrier text not null check (carrier in ('telnyx', 'twilio')),
  e164 text not null,
  origin text not null check (origin in ('entered', 'bought', 'hosted')),
  carrier_number_id text,
  messaging_profile_id text not null,
  state text not null check (state in ('releasing', 'released', 'failed')),
  reason text,
  asked_by text not null,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id)
);
create unique index number_releases_open on number_releases (e164) where state = 'releasing';

-- A line that the clinic has already and whose texts it wants the desk to have.
create table hosted_orders (
  org_id uuid not null references organizations (id),
  id uuid not null,
  location_id uuid not null,
  e164 text not null,
  state text not null check (state in
    ('pending', 'verifying', 'documents-wanted', 'in-review', 'activated', 'failed', 'cancelled')),
  -- The carrier's words for the order and the number when it was last asked; the clinic reads ours for them.
  order_status text,
  number_status text,
  -- Why it failed, where the carrier's words do not say it.
  reason text,
  profile_id text,
  external_id text,
  number_id text,
  -- Codes that were sent today and when the last one was; tries with the wrong code since.
  codes_sent smallint not null default 0,
  code_sent_at timestamptz,
  code_tries smallint not null default 0,
  verified_at timestamptz,
  -- When the carrier had the documents.
  documents_sent_at timestamptz,
  cancel_asked_at timestamptz,
  asked_by text not null,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id)
);
create unique index hosted_orders_open on hosted_orders (e164)
  where state in ('pending', 'verifying', 'documents-wanted', 'in-review');

-- Letter of authorisation and bill, only until the carrier has them.
create table hosted_documents (
  org_id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('loa', 'bill')),
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (org_id, order_id, kind),
  foreign key (org_id, order_id) references hosted_orders (org_id, id)
);

do $$
declare
  a_table text;
begin
  foreach a_table in array array['carrier_profiles', 'number_assignments', 'number_orders', 'number_releases', 'hosted_orders',
    'hosted_documents'] loop
    execute format('alter table %I enable row level security', a_table);
    execute format('alter table %I force row level security', a_table);
    execute format('create policy tenant on %I using (org_id = any ((select current_orgs())::uuid[]))', a_table);
    execute format('create policy owner_reads on %I for select to current_user using (true)', a_table);
  end loop;
end
$$;

-- The history is written as the owner, also when a number goes from one clinic to another.
create policy owner_keeps on number_assignments to current_user using (true) with check (true);
-- A number may leave another clinic, and only for one that the transaction may see.
create policy owner_moves on phone_numbers for update to current_user
  using (true) with check (org_id = any ((select current_orgs())::uuid[]));

create function keep_number_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.org_id = new.org_id and old.location_id = new.location_id and old.carrier = new.carrier
    and old.origin = new.origin then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    update number_assignments set ended_at = now() where e164 = old.e164 and ended_at is null;
  end if;
  if tg_op <> 'DELETE' then
    insert into number_assignments (org_id, e164, location_id, carrier, origin, carrier_number_id, assigned_at)
    values (new.org_id, new.e164, new.location_id, new.carrier, new.origin, new.carrier_number_id,
      case tg_op when 'INSERT' then new.assigned_at else greatest(new.assigned_at, now()) end);
  end if;
  return null;
end
$$;
insert into number_assignments (org_id, e164, location_id, carrier, origin, assigned_at)
select org_id, e164, location_id, carrier, origin, assigned_at from phone_numbers;
create trigger number_history after insert or update or delete on phone_numbers
  for each row execute function keep_number_history();

-- Gives the number to the clinic, whoever had it: the newest assignment wins, and nothing of the older one stays. False: a newer one is there.
create function assign_number(clinic uuid, number text, location uuid, of_carrier text, profile text, id_at_carrier text,
    how text, calls text, at timestamptz)
  returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with assigned as (
    insert into phone_numbers (e164, org_id, location_id, carrier, messaging_profile_id, carrier_number_id, origin,
      call_handling, assigned_at)
    values (number, clinic, location, of_carrier, profile, id_at_carrier, how, calls, at)
    on conflict (e164) do update set org_id = excluded.org_id, location_id = excluded.location_id, carrier = excluded.carrier,
      messaging_profile_id = excluded.messaging_profile_id, carrier_number_id = excluded.carrier_number_id,
      origin = excluded.origin, call_handling = excluded.call_handling, assigned_at = excluded.assigned_at,
      texts_per_second = null, campaign = null, transfer_to = null
    where phone_numbers.assigned_at <= excluded.assigned_at
    returning 1)
  select exists (select from assigned)
$$;

-- Which clinic of the desk has the number, and how it came to it.
create function holder_of_number(number text)
  returns table (org_id uuid, origin text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.org_id, p.origin from phone_numbers p where p.e164 = number
$$;

-- Whether another clinic than this one is getting the number: it is theirs at the carrier before it is in their books here.
create function is_on_its_way_elsewhere(number text, clinic uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from number_orders o where o.e164 = number and o.org_id <> clinic
      and o.state in ('requested', 'ordering', 'bought', 'configuring', 'releasing'))
    or exists (select from hosted_orders h where h.e164 = number and h.org_id <> clinic
      and h.state in ('pending', 'verifying', 'documents-wanted', 'in-review'))
$$;

revoke execute on function keep_number_history(), holder_of_number(text), is_on_its_way_elsewhere(text, uuid),
  assign_number(uuid, text, uuid, text, text, text, text, text, timestamptz) from public;
grant execute on function holder_of_number(text) to frontdesk_api, frontdesk_messaging_worker;
grant execute on function is_on_its_way_elsewhere(text, uuid) to frontdesk_messaging_worker;
grant execute on function assign_number(uuid, text, uuid, text, text, text, text, text, timestamptz) to frontdesk_messaging_worker;

grant select, insert, update on number_orders, number_releases, hosted_orders to frontdesk_messaging_worker;
grant select, insert on carrier_profiles to frontdesk_messaging_worker;
grant select on number_assignments, locations to frontdesk_messaging_worker;
grant select, delete on hosted_documents to frontdesk_messaging_worker;

grant select, insert on number_orders, number_releases to frontdesk_api;
grant select, insert, update (state, state_at, codes_sent, code_sent_at, code_tries, verified_at, documents_sent_at,
  cancel_asked_at) on hosted_orders to frontdesk_api;
grant select (org_id, order_id, kind, created_at), insert, delete on hosted_documents to frontdesk_api;
grant select on number_assignments, carrier_profiles, scheduled_texts to frontdesk_api;
grant update (location_id, call_handling, transfer_to), delete on phone_numbers to frontdesk_api;
grant select (org_id, cause_key), insert on staff_tasks to frontdesk_api;
