-- Offered times, holds and appointments. Safe online: new tables.

-- A time that the desk offered to a person. Only an offered time can be held.
create table time_offers (
  org_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  service_id uuid not null,
  practitioner_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  offered_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id),
  foreign key (org_id, service_id) references services (org_id, id),
  foreign key (org_id, practitioner_id) references practitioners (org_id, id)
);
create index on time_offers (org_id, conversation_id, offered_at);

-- held -> confirmed | expired | cancelled. Two live visits of one practitioner cannot overlap; touching ends may.
create table appointments (
  org_id uuid not null,
  id uuid not null,
  location_id uuid not null,
  practitioner_id uuid not null,
  service_id uuid not null,
  contact_id uuid not null,
  conversation_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('held', 'confirmed', 'expired', 'cancelled')),
  -- Until when the hold lives. A hold that ended keeps it until its end is settled: link deleted, patient told.
  hold_expires_at timestamptz,
  cause_key text not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  primary key (org_id, id),
  unique (org_id, cause_key),
  foreign key (org_id, location_id) references locations (org_id, id),
  foreign key (org_id, practitioner_id) references practitioners (org_id, id),
  foreign key (org_id, service_id) references services (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id),
  check (starts_at < ends_at),
  check ((state = 'held') <= (hold_expires_at is not null)),
  constraint appointments_no_overlap exclude using gist (
    org_id with =, practitioner_id with =, tstzrange(starts_at, ends_at) with &&
  ) where (state in ('held', 'confirmed'))
);
create index on appointments (org_id, contact_id, starts_at);
create index appointments_holds on appointments (hold_expires_at) where hold_expires_at is not null;
