-- Brands, campaigns and their numbers at the registry of ten-digit senders (10DLC). Safe online: new tables, functions and a trigger on a small table.

create table tendlc_brands (
  org_id uuid not null references organizations (id),
  id uuid not null,
  -- draft -> submitted -> pending -> verified | unverified | failed; those three -> submitted again, once mended.
  state text not null check (state in ('draft', 'submitted', 'pending', 'verified', 'unverified', 'failed')),
  -- As the registry is to have them, without the EIN.
  details jsonb not null,
  ein text,
  -- What the registry calls it.
  external_id text,
  -- The registry's word for who it is: VERIFIED, UNVERIFIED, SELF_DECLARED, VETTED_VERIFIED.
  identity text,
  -- From 0 to 100 once it was vetted; it decides the throughput of its campaigns.
  score smallint check (score between 0 and 100),
  -- What T-Mobile takes of it in a day.
  texts_per_day integer,
  -- Why the registry says no, in its own words.
  reasons text[] not null default '{}',
  -- Why the owner submits it though the desk expects a no.
  insisted text,
  -- How often the details were changed, and which of them the registry has.
  revision integer not null default 1,
  submitted_revision integer,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id)
);
create index on tendlc_brands (ein) where ein is not null;

create table tendlc_campaigns (
  org_id uuid not null references organizations (id),
  id uuid not null,
  brand_id uuid not null,
  -- draft -> submitted -> in-review -> carrier-review -> live; rejected -> submitted again, once mended; live -> suspended, expired.
  state text not null check (state in
    ('draft', 'submitted', 'in-review', 'carrier-review', 'live', 'rejected', 'suspended', 'expired')),
  details jsonb not null,
  external_id text,
  -- The registry's own word, such as MNO_PENDING.
  status text,
  -- What AT&T takes of it in a minute, since it is live. Null: it is not.
  texts_per_minute integer check (texts_per_minute > 0),
  reasons text[] not null default '{}',
  insisted text,
  -- What the owner says to the reviewers of what was mended, until they have it.
  appeal text,
  revision integer not null default 1,
  submitted_revision integer,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, brand_id) references tendlc_brands (org_id, id)
);
create index on tendlc_campaigns (org_id, brand_id);

-- A number in a campaign, or on its way there or out of it.
create table tendlc_numbers (
  org_id uuid not null references organizations (id),
  id uuid not null,
  campaign_id uuid not null,
  e164 text not null,
  wanted text not null check (wanted in ('in', 'out')),
  state text not null check (state in ('pending', 'added', 'failed', 'removed')),
  -- Why it waits or failed, in words for people.
  reason text,
  -- When the registry was asked for it; what it said before that is about an older wish.
  asked_at timestamptz,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, campaign_id) references tendlc_campaigns (org_id, id)
);
create unique index tendlc_numbers_once on tendlc_numbers (org_id, e164) where state <> 'removed';
create index on tendlc_numbers (org_id, campaign_id);

do $$
declare
  a_table text;
begin
  foreach a_table in array array['tendlc_brands', 'tendlc_campaigns', 'tendlc_numbers'] loop
    execute format('alter table %I enable row level security', a_table);
    execute format('alter table %I force row level security', a_table);
    execute format('create policy tenant on %I using (org_id = any ((select current_orgs())::uuid[]))', a_table);
    execute format('create policy owner_reads on %I for select to current_user using (true)', a_table);
  end loop;
end
$$;
-- A number that another clinic takes over ends what this one had with it.
create policy owner_ends on tendlc_numbers for update to current_user using (true);
create policy owner_ends on registrations for update to current_user using (true);

-- Whether the registry knows this EIN from a brand of the desk, whoever's it is.
create function tendlc_ein_is_used(of_ein text, but_brand uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from tendlc_brands b
    where b.ein = of_ein and b.id is distinct from but_brand and b.state in ('submitted', 'pending', 'verified', 'unverified'))
$$;

-- A number that leaves a clinic leaves its campaign, and comes to the next one without a share of any.
create function leave_tendlc() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with gone as (
    update tendlc_numbers set state = 'removed', wanted = 'out', reason = 'the number is no longer the clinic’s', state_at = now()
    where org_id = old.org_id and e164 = old.e164 and state <> 'removed'
    returning org_id, id
  )
  update registrations r set external_id = null, due_at = null from gone where r.org_id = gone.org_id and r.id = gone.id;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.campaign := null;
  new.texts_per_second := null;
  return new;
end
$$;
create trigger phone_numbers_leave_tendlc before delete on phone_numbers for each row execute function leave_tendlc();
create trigger phone_numbers_change_clinic before update of org_id on phone_numbers
  for each row when (old.org_id <> new.org_id) execute function leave_tendlc();

revoke execute on function tendlc_ein_is_used(text, uuid), leave_tendlc() from public;
grant execute on function tendlc_ein_is_used(text, uuid) to frontdesk_api;

grant select, insert, update on tendlc_brands, tendlc_campaigns, tendlc_numbers to frontdesk_api;
grant select, update on tendlc_brands, tendlc_campaigns, tendlc_numbers to frontdesk_messaging_worker;
grant insert on tendlc_numbers to frontdesk_messaging_worker;
grant update (texts_per_second, campaign) on phone_numbers to frontdesk_messaging_worker;
