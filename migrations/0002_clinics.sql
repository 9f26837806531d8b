-- Clinics: organisation, locations, numbers, hours, services, practitioners, facts, staff and their tasks. Safe online: new tables.

create table organizations (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  missed_call_text boolean not null default true,
  created_at timestamptz not null default now()
);

create table locations (
  org_id uuid not null references organizations (id),
  id uuid not null,
  name text not null,
  address text not null,
  time_zone text not null,
  primary key (org_id, id)
);

-- A number belongs to one clinic; the newest assignment replaces the older one.
create table phone_numbers (
  e164 text primary key,
  org_id uuid not null,
  location_id uuid not null,
  messaging_profile_id text not null,
  -- ring: somebody else may answer the call; reject: the clinic forwards on no-answer, so each call that arrives is missed.
  call_handling text not null default 'ring' check (call_handling in ('ring', 'reject')),
  assigned_at timestamptz not null default now(),
  foreign key (org_id, location_id) references locations (org_id, id)
);
create index on phone_numbers (org_id, location_id);

-- weekday: ISO, 1 is Monday. A day without a row is closed.
create table opening_hours (
  org_id uuid not null,
  location_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null,
  primary key (org_id, location_id, weekday),
  foreign key (org_id, location_id) references locations (org_id, id),
  check (opens < closes and closes < '24:00')
);

create table services (
  org_id uuid not null references organizations (id),
  id uuid not null,
  name text not null,
  -- What a text may call it on a lock screen.
  discreet_name text not null,
  aliases text[] not null default '{}',
  duration_minutes integer not null check (duration_minutes between 5 and 480),
  price_cents integer not null check (price_cents >= 0),
  -- What the price is for: one unit, syringe, session or visit.
  price_unit text not null check (price_unit in ('unit', 'syringe', 'vial', 'session', 'cycle', 'visit')),
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  deposit_new_cents integer not null default 0 check (deposit_new_cents >= 0),
  deposit_returning_cents integer not null default 0 check (deposit_returning_cents >= 0),
  active boolean not null default true,
  primary key (org_id, id)
);
create unique index on services (org_id, lower(name));

create table practitioners (
  org_id uuid not null,
  id uuid not null,
  location_id uuid not null,
  name text not null,
  title text not null,
  active boolean not null default true,
  primary key (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id)
);

create table practitioner_hours (
  org_id uuid not null,
  practitioner_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null,
  primary key (org_id, practitioner_id, weekday, starts),
  foreign key (org_id, practitioner_id) references practitioners (org_id, id),
  check (starts < ends and ends < '24:00')
);

create table practitioner_services (
  org_id uuid not null,
  practitioner_id uuid not null,
  service_id uuid not null,
  primary key (org_id, practitioner_id, service_id),
  foreign key (org_id, practitioner_id) references practitioners (org_id, id),
  foreign key (org_id, service_id) references services (org_id, id)
);

-- What the clinic says about itself: prices in words, policies, parking, after-care.
create table clinic_facts (
  org_id uuid not null references organizations (id),
  id uuid not null,
  topic text not null,
  answer text not null,
  search tsvector not null generated always as
    (setweight(to_tsvector('english', topic), 'A') || setweight(to_tsvector('english', answer), 'B')) stored,
  primary key (org_id, id)
);
create index on clinic_facts using gin (search);

create table staff_members (
  org_id uuid not null references organizations (id),
  id uuid not null,
  name text not null,
  phone text not null,
  receives_notices boolean not null default true,
  primary key (org_id, id),
  unique (org_id, phone)
);

-- Work for a person: a hand-off, a payment without a slot, a text whose fate is unknown. Subject ids point to what it is about.
create table staff_tasks (
  org_id uuid not null references organizations (id),
  id uuid not null,
  kind text not null check (kind in
    ('hand-off', 'paid-without-slot', 'payment-mismatch', 'no-deposit-account', 'deposit-link-failed', 'text-outcome-unknown',
     'text-failed', 'booking-failed')),
  reason text not null,
  conversation_id uuid,
  appointment_id uuid,
  deposit_id uuid,
  message_id uuid,
  cause_key text not null,
  created_at timestamptz not null default now(),
  due_at timestamptz not null,
  resolved_at timestamptz,
  primary key (org_id, id),
  unique (org_id, cause_key)
);
create index on staff_tasks (org_id, due_at) where resolved_at is null;
