-- Two carriers, what the last gate looks at, and what is known of consent. Safe online: nullable or constant columns, new tables, small indexes.

-- Which carrier has the number. For Twilio, `messaging_profile_id` is the SID of the Messaging Service.
alter table phone_numbers
  add column carrier text not null default 'telnyx' check (carrier in ('telnyx', 'twilio')),
  -- How many texts the carrier takes from it in a second, as its registration says. Null: as the carrier's default.
  add column texts_per_second real check (texts_per_second > 0),
  -- The 10DLC campaign whose throughput it shares with others. Null: it has its own.
  add column campaign text;

alter table organizations
  -- When texts that nobody waits for may leave, where the person is. The law's windows hold besides.
  add column texts_from time not null default '08:00',
  add column texts_until time not null default '21:00',
  -- How long before a visit its reminders leave, in minutes. Empty: none.
  add column reminder_minutes integer[] not null default '{1440,60}',
  add constraint texts_window check (texts_from < texts_until);

-- Where the person is, when somebody knows better than the area code.
alter table contacts add column time_zone text;

alter table outbound_messages
  add column media_urls text[] not null default '{}',
  -- How the body is counted: parts of a text, and the alphabet that it takes.
  add column segments smallint,
  add column encoding text check (encoding in ('GSM-7', 'UCS-2')),
  -- Who is served first when the carrier takes less than what waits: the lower the sooner.
  add column priority smallint not null generated always as (
    case when class in ('reply', 'missed-call', 'keyword-answer') then 0 when class = 'staff-notice' then 1
      when class = 'reminder' then 2 else 3 end) stored,
  -- Afterwards it makes no sense to send it.
  add column expires_at timestamptz,
  -- The visit that it is about, and when that was when the text was asked for. Cancelled or moved, the text has lost its reason.
  add column appointment_id uuid,
  add column appointment_starts_at timestamptz,
  add constraint outbound_messages_appointment foreign key (org_id, appointment_id) references appointments (org_id, id) not valid;
alter table outbound_messages validate constraint outbound_messages_appointment;
create index outbound_messages_waiting on outbound_messages (org_id, priority, next_attempt_at)
  where state = 'queued' and next_attempt_at is not null;

-- The number that the attempt left from; another than the text's when another carrier had to help.
alter table send_attempts add column from_number text;

-- Evidence says where and how it came to be known.
alter table consent_events
  add column channel text not null default 'sms' check (channel in ('sms', 'whatsapp', 'voice', 'web', 'paper')),
  add column clinic_number text,
  add column recorded_by text;
alter table consent_events drop constraint consent_events_kind_check;
alter table consent_events add constraint consent_events_kind_check
  check (kind in ('opt-out', 'opt-in', 'marketing-opt-in', 'marketing-opt-out'));
alter table consent_events drop constraint consent_events_source_check;
alter table consent_events add constraint consent_events_source_check
  check (source in ('keyword', 'free-wording', 'carrier', 'model', 'staff', 'import'));

-- Present means: this person agreed in writing to marketing texts of the clinic.
create table marketing_consents (
  org_id uuid not null references organizations (id),
  phone text not null,
  given_at timestamptz not null,
  primary key (org_id, phone)
);
alter table marketing_consents enable row level security;
alter table marketing_consents force row level security;
create policy tenant on marketing_consents using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_reads on marketing_consents for select to current_user using (true);
grant select on marketing_consents to
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments;
-- Whoever says STOP withdraws this, too.
grant delete on marketing_consents to frontdesk_webhook_ingress;
grant insert, delete on marketing_consents to frontdesk_messaging_worker;

-- Administration: its own role, which writes through the same packages as the services.
do $$
begin
  create role frontdesk_api nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception when duplicate_object or unique_violation then
  null;
end
$$;
grant usage on schema public to frontdesk_api;
