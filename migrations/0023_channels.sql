-- Two channels to one person, senders and templates of WhatsApp, and what providers are asked to bring about. Safe online: new tables, nullable or constant columns.

-- The channel that the person wrote on last; with `clinic_number` it says where an answer goes.
alter table conversations add column channel text not null default 'sms' check (channel in ('sms', 'whatsapp'));

alter table inbound_messages
  add column channel text not null default 'sms' check (channel in ('sms', 'whatsapp')),
  -- The id of the button or row that the person chose instead of writing.
  add column choice_id text;

alter table outbound_messages
  add column channel text not null default 'sms' check (channel in ('sms', 'whatsapp')),
  -- What the person may choose instead of writing, where the channel can show it: [{"id", "title", "description"}].
  add column choices jsonb not null default '[]',
  -- What it says, by name, for an approved template that may say it in its place.
  add column template_values jsonb not null default '{}',
  -- The template that it left as.
  add column template_id uuid;
alter table outbound_messages drop constraint outbound_messages_state_check;
alter table outbound_messages add constraint outbound_messages_state_check check (state in
  ('queued', 'sending', 'sent', 'delivered', 'read', 'undelivered', 'failed', 'suppressed', 'unknown'));

alter table staff_tasks drop constraint staff_tasks_kind_check;
alter table staff_tasks add constraint staff_tasks_kind_check check (kind in
  ('hand-off', 'paid-without-slot', 'payment-mismatch', 'no-deposit-account', 'deposit-link-failed', 'text-outcome-unknown',
   'text-failed', 'booking-failed', 'registration'));

-- What a provider has to bring about for a clinic: a number, an approval, a sender. The row of the same id in the subject's own
-- table says what is wanted and how far it is; this one says when somebody looks at it next.
create table registrations (
  org_id uuid not null references organizations (id),
  id uuid not null,
  subject text not null check (subject in
    ('number-order', 'number-release', 'hosted-order', 'tendlc-brand', 'tendlc-campaign', 'tendlc-number', 'whatsapp-sender',
     'whatsapp-template')),
  provider text not null check (provider in ('telnyx', 'twilio', 'meta')),
  -- What the provider calls it, once that is known: its events name it.
  external_id text check (external_id <> ''),
  -- Null: nothing is to be done before somebody asks.
  due_at timestamptz,
  -- Looks in vain since the last one that was not.
  tries smallint not null default 0,
  last_error text,
  -- How often somebody asked for a look; a look that was under way meanwhile is followed by another.
  rung integer not null default 0,
  -- What the provider's last event says that cannot be asked for later: {"status", "reasons"}.
  news jsonb,
  leased_until timestamptz,
  created_at timestamptz not null,
  looked_at timestamptz,
  primary key (org_id, id)
);
create unique index registrations_external on registrations (provider, subject, external_id) where external_id is not null;
create index registrations_due on registrations (due_at) where due_at is not null;

-- A number of the clinic on WhatsApp, at Meta itself or through Twilio.
create table whatsapp_senders (
  org_id uuid not null references organizations (id),
  id uuid not null,
  location_id uuid not null,
  provider text not null check (provider in ('meta', 'twilio')),
  e164 text not null,
  display_name text,
  -- Meta's ids of the number and of the business account that it belongs to.
  phone_number_id text,
  waba_id text,
  -- connecting -> online | failed; online -> failed (the provider says so) | disconnected.
  state text not null check (state in ('connecting', 'online', 'failed', 'disconnected')),
  -- Why it failed, in words for people.
  reason text,
  -- How far connecting is.
  step text not null default 'asked',
  quality text,
  texts_per_second real check (texts_per_second > 0),
  -- The business token and the PIN of two-step verification, encrypted; the ids of their keys.
  token bytea,
  token_key_id text,
  token_expires_at timestamptz,
  pin bytea,
  pin_key_id text,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, location_id) references locations (org_id, id),
  check ((provider = 'meta') = (phone_number_id is not null))
);
create unique index whatsapp_senders_number on whatsapp_senders (e164) where state in ('connecting', 'online');
create unique index whatsapp_senders_meta on whatsapp_senders (phone_number_id) where state in ('connecting', 'online');
create index on whatsapp_senders (waba_id);
create index on whatsapp_senders (e164);
create index on whatsapp_senders (phone_number_id);

-- Who is behind a business-scoped user id of WhatsApp: it comes with every message, the number may not.
create table whatsapp_users (
  org_id uuid not null references organizations (id),
  user_id text not null,
  contact_id uuid not null,
  created_at timestamptz not null,
  primary key (org_id, user_id),
  foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index on whatsapp_users (org_id, contact_id);

-- What may be said on WhatsApp when the person has not written for 24 hours.
create table message_templates (
  org_id uuid not null references organizations (id),
  id uuid not null,
  provider text not null check (provider in ('meta', 'twilio')),
  -- Meta's business account; for Twilio, the account.
  account text not null,
  name text not null check (name ~ '^[a-z0-9_]+$' and length(name) <= 512),
  language text not null,
  category text not null check (category in ('utility', 'marketing')),
  -- The kinds of text that it may stand in for, such as 'visit-reminder'.
  kinds text[] not null check (cardinality(kinds) > 0),
  -- With `{{1}}`, `{{2}}` where the values stand.
  body text not null,
  -- The names of the values, in their order; they are among the text's `template_values`.
  value_names text[] not null default '{}',
  -- What an example of each value looks like, for the reviewers.
  examples text[] not null default '{}',
  -- Quick replies under it: [{"id", "title"}].
  choices jsonb not null default '[]',
  -- The provider's id: Meta's template id, Twilio's ContentSid.
  external_id text,
  state text not null check (state in ('draft', 'submitted', 'approved', 'rejected', 'paused', 'disabled')),
  -- Why it was rejected or paused, in words for people.
  reason text,
  created_at timestamptz not null,
  state_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, provider, account, name, language),
  check (cardinality(value_names) = cardinality(examples))
);

do $$
declare
  a_table text;
begin
  foreach a_table in array array['registrations', 'whatsapp_senders', 'whatsapp_users', 'message_templates'] loop
    execute format('alter table %I enable row level security', a_table);
    execute format('alter table %I force row level security', a_table);
    execute format('create policy tenant on %I using (org_id = any ((select current_orgs())::uuid[]))', a_table);
    execute format('create policy owner_reads on %I for select to current_user using (true)', a_table);
  end loop;
end
$$;

-- Which clinic has these WhatsApp numbers: by Meta's id of the number, or by the number itself. `id` is the sender's, and that of its
-- registration; `assigned_at` since when the clinic has the number.
create function route_whatsapp(phone_number_ids text[], numbers text[])
  returns table (phone_number_id text, e164 text, org_id uuid, id uuid, assigned_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.phone_number_id, s.e164, s.org_id, s.id,
    -- A clinic that connects again had the number all along, unless another had it in between.
    (select min(own.created_at) from whatsapp_senders own
      where own.e164 = s.e164 and own.org_id = s.org_id and not exists (
        select 1 from whatsapp_senders other
        where other.e164 = s.e164 and other.org_id <> s.org_id and other.created_at between own.created_at and s.created_at))
  from whatsapp_senders s
  where (s.phone_number_id = any (phone_number_ids) or s.e164 = any (numbers))
    -- What stopped working still hears, since a STOP to it counts, unless somebody had the number after it.
    and (s.state in ('connecting', 'online') or s.state = 'failed' and not exists (
      select 1 from whatsapp_senders later
      where later.e164 = s.e164 and later.id <> s.id
        and (later.state in ('connecting', 'online') or later.created_at > s.created_at)))
$$;

-- Whose registration the provider means.
create function route_registration(of_provider text, of_subject text, of_external_id text)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.org_id, r.id from registrations r
  where r.provider = of_provider and r.subject = of_subject and r.external_id = of_external_id
$$;

create function due_registrations(due_before timestamptz, at_most integer)
  returns table (org_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.org_id, r.id from registrations r
  where r.due_at <= due_before and (r.leased_until is null or r.leased_until <= now())
  order by random() limit at_most
$$;

revoke execute on function route_whatsapp(text[], text[]), route_registration(text, text, text),
  due_registrations(timestamptz, integer) from public;
grant execute on function route_whatsapp(text[], text[]), route_registration(text, text, text) to frontdesk_webhook_ingress;
grant execute on function due_registrations(timestamptz, integer) to frontdesk_messaging_worker;

grant select, insert, update (contact_id) on whatsapp_users to frontdesk_webhook_ingress;
grant update (channel) on conversations to frontdesk_webhook_ingress;
grant select (org_id, id, provider, e164, state) on whatsapp_senders to frontdesk_webhook_ingress;

grant select, insert, update on registrations, whatsapp_senders, message_templates to frontdesk_messaging_worker;
grant select on whatsapp_users to frontdesk_messaging_worker, frontdesk_conversation_worker, frontdesk_api;

grant select, insert, update on registrations, message_templates to frontdesk_api;
grant select (org_id, id, location_id, provider, e164, display_name, phone_number_id, waba_id, state, reason, step, quality,
  texts_per_second, token_expires_at, created_at, state_at), insert, update on whatsapp_senders to frontdesk_api;
