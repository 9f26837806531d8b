-- Texts that are to leave at a time: reminders of visits and follow-ups. Safe online: a new table, nullable columns, a small back-fill.

alter table organizations
  -- How long after an offer that nobody answered one follow-up leaves, in minutes. Null: none.
  add column offer_follow_up_minutes integer check (offer_follow_up_minutes between 15 and 1440),
  -- How long after the end of a visit the clinic's own words leave, in minutes. Null: none.
  add column visit_follow_up_minutes integer check (visit_follow_up_minutes between 0 and 43200),
  add column visit_follow_up_text text check (visit_follow_up_text <> ''),
  add constraint visit_follow_up check ((visit_follow_up_minutes is null) = (visit_follow_up_text is null));

-- When the visit was moved to its time; null while it has the time at which it was booked.
alter table appointments add column moved_at timestamptz;

-- scheduled -> asked | cancelled | dropped; cancelled -> scheduled when the reason is back. The rows are the truth, alarms only ring.
create table scheduled_texts (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('visit-reminder', 'visit-follow-up', 'offer-follow-up')),
  contact_id uuid not null,
  conversation_id uuid not null,
  -- The visit that it is about, and its time when it was scheduled.
  appointment_id uuid,
  appointment_starts_at timestamptz,
  -- When the times were offered that it asks about.
  offered_at timestamptz,
  due_at timestamptz not null,
  -- From then on it makes no sense: the visit begins, or a later reminder of it is due.
  expires_at timestamptz not null,
  state text not null default 'scheduled' check (state in ('scheduled', 'asked', 'cancelled', 'dropped')),
  -- Why it was cancelled or dropped, in words for people.
  reason text,
  -- What it is about, which time of it and how long before: the same text is scheduled once.
  cause_key text not null,
  -- The event that it was scheduled for.
  causation_id uuid,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, cause_key),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id),
  foreign key (org_id, appointment_id) references appointments (org_id, id),
  check (due_at < expires_at),
  check ((kind = 'offer-follow-up') = (offered_at is not null)),
  check ((kind = 'offer-follow-up') = (appointment_id is null)),
  check ((appointment_id is null) = (appointment_starts_at is null)),
  check ((state in ('cancelled', 'dropped')) = (reason is not null))
);
create index scheduled_texts_due on scheduled_texts (due_at) where state = 'scheduled';
create index on scheduled_texts (org_id, appointment_id);
create index on scheduled_texts (org_id, conversation_id, kind);
create index on scheduled_texts (org_id, contact_id);

-- The visits that were confirmed before this table was there are reminded of, too: the same rows as the code would plan. A reminder
-- expires ten minutes before the visit, or half its own distance when that is less, or when the next one is due.
insert into scheduled_texts (org_id, id, kind, contact_id, conversation_id, appointment_id, appointment_starts_at, due_at,
  expires_at, cause_key, created_at, state_at)
select org_id, gen_random_uuid(), 'visit-reminder', contact_id, conversation_id, id, starts_at, due_at,
  coalesce(lead(due_at) over (partition by org_id, id order by due_at), starts_at - least(10, minutes / 2.0) * interval '1 minute'),
  'reminder:' || id || ':' || to_char(starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ':' || minutes, now(), now()
from (
  select a.*, minutes, a.starts_at - minutes * interval '1 minute' as due_at
  from appointments a join organizations o on o.id = a.org_id
    cross join lateral (select distinct unnest(o.reminder_minutes) as minutes) as each_reminder
  where a.state = 'confirmed' and a.starts_at > now()) as planned
where due_at > now() and due_at >= confirmed_at + minutes / 4.0 * interval '1 minute';

alter table scheduled_texts enable row level security;
alter table scheduled_texts force row level security;
create policy tenant on scheduled_texts using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_reads on scheduled_texts for select to current_user using (true);
create policy operator_reads on scheduled_texts for select to frontdesk_operator using (true);
grant select, insert, update on scheduled_texts to frontdesk_messaging_worker;
-- No column holds what a person wrote, a name or a number.
grant select on scheduled_texts to frontdesk_operator;

create function due_scheduled_texts(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from scheduled_texts where state = 'scheduled' and due_at <= due_before order by random() limit at_most
$$;
revoke execute on function due_scheduled_texts(timestamptz, integer) from public;
grant execute on function due_scheduled_texts(timestamptz, integer) to frontdesk_messaging_worker;

-- A replay with its effects withheld makes nothing due.
create function schedule_nothing_withheld() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  return null;
end
$$;
create trigger withheld before insert or update on scheduled_texts for each row
  when (new.state = 'scheduled' and current_setting('app.replay', true) <> '') execute function schedule_nothing_withheld();
