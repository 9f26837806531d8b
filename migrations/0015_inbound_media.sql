-- Pictures and other files that came with texts, and where they are kept. Safe online: a constant column and new tables.

-- What came with the words, in order: the kinds of its files.
alter table inbound_messages add column attachments text[] not null default '{}'
  check (attachments <@ array['picture', 'video', 'sound', 'file']);

create table inbound_media (
  org_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  ordinal smallint not null check (ordinal >= 0),
  provider text not null check (provider in ('telnyx', 'twilio')),
  -- Where the carrier keeps it for a while. Never told to anybody outside of the house.
  url text not null,
  -- As the carrier says; once it is stored, as its bytes say.
  content_type text,
  state text not null default 'queued' check (state in ('queued', 'stored', 'refused', 'gone')),
  -- Its name in the store, whether it is there yet or not: a second try writes over the first.
  storage_key text not null generated always as (org_id::text || '/' || message_id::text || '/' || id::text) stored,
  bytes integer check (bytes >= 0),
  attempts smallint not null default 0,
  next_attempt_at timestamptz,
  -- Why it was refused or is gone, or why the last try failed: one of our own sentences, or a code.
  reason text,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, message_id, ordinal),
  foreign key (org_id, message_id) references inbound_messages (org_id, id) on delete cascade,
  check ((state = 'queued') = (next_attempt_at is not null)),
  check (state <> 'stored' or bytes is not null)
);
create index inbound_media_due on inbound_media (next_attempt_at) where state = 'queued';

-- Files whose row is gone and which are still to be deleted from the store.
create table discarded_media (
  org_id uuid not null references organizations (id),
  id uuid not null,
  storage_key text not null,
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null,
  primary key (org_id, id)
);
create index on discarded_media (next_attempt_at);

do $$
declare
  a_table text;
begin
  foreach a_table in array array['inbound_media', 'discarded_media'] loop
    execute format('alter table %I enable row level security', a_table);
    execute format('alter table %I force row level security', a_table);
    execute format('create policy tenant on %I using (org_id = any ((select current_orgs())::uuid[]))', a_table);
    execute format('create policy owner_reads on %I for select to %I using (true)', a_table, current_user);
  end loop;
end
$$;
create policy operator_reads on inbound_media for select to frontdesk_operator using (true);
create policy operator_reads on discarded_media for select to frontdesk_operator using (true);

-- Whatever deletes the row, its file follows. One that is in hand just now comes into the store within minutes, and goes after that.
create policy owner_discards on discarded_media for insert to current_user with check (true);
create function discard_media() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into discarded_media (org_id, id, storage_key, next_attempt_at)
  values (old.org_id, old.id, old.storage_key,
    case when old.state = 'queued' then clock_timestamp() + interval '15 minutes' else clock_timestamp() end)
  on conflict do nothing;
  return old;
end
$$;
revoke execute on function discard_media() from public;
create trigger discarded before delete on inbound_media for each row execute function discard_media();

-- A replay whose effects are withheld fetches nothing.
create function keep_withheld_media_undue() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.state := 'refused';
  new.next_attempt_at := null;
  new.reason := 'a replay wrote it, with its effects withheld';
  return new;
end
$$;
create trigger withheld before insert on inbound_media for each row
  when (current_setting('app.replay', true) <> '') execute function keep_withheld_media_undue();

create function due_media(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from inbound_media
  where state = 'queued' and next_attempt_at <= due_before order by random() limit at_most
$$;

create function due_discarded_media(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select org_id, id from discarded_media where next_attempt_at <= due_before order by random() limit at_most
$$;

grant insert on inbound_media to frontdesk_webhook_ingress;
grant select, update (state, content_type, bytes, attempts, next_attempt_at, reason, state_at) on inbound_media
  to frontdesk_messaging_worker;
grant select, delete, update (attempts, next_attempt_at) on discarded_media to frontdesk_messaging_worker;
grant select on inbound_media to frontdesk_conversation_worker, frontdesk_api;
grant select (attachments) on inbound_messages to frontdesk_operator;
grant select (org_id, id, message_id, ordinal, provider, content_type, state, bytes, attempts, next_attempt_at, reason, created_at,
  state_at) on inbound_media to frontdesk_operator;
grant select on discarded_media to frontdesk_operator;
revoke execute on function due_media(timestamptz, integer), due_discarded_media(timestamptz, integer) from public;
grant execute on function due_media(timestamptz, integer), due_discarded_media(timestamptz, integer)
  to frontdesk_messaging_worker;
