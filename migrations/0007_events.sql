-- Outbox, event log, inbox, parked messages, webhook events and the audit log. Safe online: new tables.

-- None of them refers to organizations by a foreign key. Several of their rows are written with every text, and each check
-- would lock the row of the one clinic that all of its texts share. Row-level security lets a service write for the
-- clinic of its transaction alone, whose other rows in that transaction do refer to it.

-- What is still to be published. Rows go when SQS has them, so the table stays small.
create table outbox (
  id bigint generated always as identity primary key,
  org_id uuid not null,
  -- The service that wrote the row, which is the role it is connected as: frontdesk_payments writes as payments.
  producer text not null default replace(substr(current_user::text, 11), '_', '-'),
  queue text not null,
  group_id text not null check (length(group_id) between 1 and 128),
  shard smallint not null,
  event_id uuid not null,
  envelope jsonb not null,
  created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
create index on outbox (producer, shard, id);

-- What was published, by day, for replay.
create table event_log (
  published_at timestamptz not null,
  event_id uuid not null,
  org_id uuid not null,
  producer text not null,
  queue text not null,
  group_id text not null,
  envelope jsonb not null
) partition by range (published_at);
create index on event_log (event_id);
create table event_log_default partition of event_log default;

-- Makes the partitions of today and of the next `days` days (UTC).
create function ensure_event_log_partitions(days integer default 3) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first_day date := (now() at time zone 'utc')::date;
  the_day date;
begin
  for the_day in select first_day + offset_days from generate_series(0, days) as offset_days loop
    if to_regclass(format('event_log_%s', to_char(the_day, 'YYYYMMDD'))) is null then
      execute format('create table if not exists %I partition of event_log for values from (%L) to (%L)',
        'event_log_' || to_char(the_day, 'YYYYMMDD'), the_day::timestamp at time zone 'utc', (the_day + 1)::timestamp at time zone 'utc');
    end if;
  end loop;
end
$$;
select ensure_event_log_partitions();

-- Events whose effects are committed, per consumer.
create table inbox (
  consumer text not null,
  event_id text not null,
  org_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index on inbox (handled_at);

-- What a consumer refused, with the reason in words. Never the words of a patient.
create table parked_messages (
  id uuid primary key,
  org_id uuid,
  queue text not null,
  message_id text not null,
  event_type text,
  reason text not null,
  body text not null,
  parked_at timestamptz not null default now(),
  resolved_at timestamptz,
  unique (queue, message_id)
);
create index on parked_messages (parked_at) where resolved_at is null;

-- Each verified webhook once: provider + kind of event + the provider's id of it. Null organisation: no clinic has the number.
create table webhook_events (
  id uuid primary key,
  org_id uuid,
  provider text not null,
  kind text not null,
  external_id text not null check (external_id <> ''),
  payload jsonb not null,
  parked_reason text,
  verified_at timestamptz not null,
  unique (provider, kind, external_id)
);
create index on webhook_events (verified_at) where parked_reason is not null;

-- Who changed what. Append-only, ids only.
create table audit_log (
  org_id uuid not null,
  id uuid not null,
  actor text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  details jsonb not null default '{}',
  at timestamptz not null,
  primary key (org_id, id)
);
