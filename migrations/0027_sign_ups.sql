-- Which sign-ups at WhatsApp were taken in, what Meta allows a sender, and when a template was first handed in. Safe online: a new table, nullable columns.

-- A code of embedded sign-up works once. Its row is written before it is used, so that of many requests with it one uses it and
-- the others find the sender that came of it.
create table whatsapp_sign_ups (
  org_id uuid not null references organizations (id),
  -- SHA-256 of the code; the code itself is kept nowhere.
  code_digest bytea not null check (octet_length(code_digest) = 32),
  -- Null: it is being used, or whoever used it has died.
  sender_id uuid,
  started_at timestamptz not null,
  primary key (org_id, code_digest)
);

-- To how many people a day the number may write first. Null: Meta did not say, or sets no limit.
alter table whatsapp_senders add column people_per_day integer check (people_per_day > 0);

-- Set before it is handed to the provider: what is found there earlier is somebody else's.
alter table message_templates add column handed_in_at timestamptz;

alter table whatsapp_sign_ups enable row level security;
alter table whatsapp_sign_ups force row level security;
create policy tenant on whatsapp_sign_ups using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_reads on whatsapp_sign_ups for select to current_user using (true);
grant select, insert, update, delete on whatsapp_sign_ups to frontdesk_api;
grant select (people_per_day) on whatsapp_senders to frontdesk_api;

-- Whether any clinic still has a number in this business account: until then our app listens to it.
create function whatsapp_account_in_use(of_waba_id text)
  returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from whatsapp_senders s where s.waba_id = of_waba_id and s.state in ('connecting', 'online'))
$$;
revoke execute on function whatsapp_account_in_use(text) from public;
grant execute on function whatsapp_account_in_use(text) to frontdesk_messaging_worker;

-- What Meta says of an account is for the senders in it, which are registered under ids of ours.
create or replace function route_registration(of_provider text, of_subject text, of_external_id text)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.org_id, r.id from registrations r
  where r.provider = of_provider and r.subject = of_subject and r.external_id = of_external_id
  union
  select s.org_id, s.id from whatsapp_senders s
  where of_provider = 'meta' and of_subject = 'whatsapp-sender' and s.provider = 'meta' and s.waba_id = of_external_id
    and s.state in ('connecting', 'online')
$$;
