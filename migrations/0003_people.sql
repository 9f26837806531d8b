-- People and what was said: contacts, leads, conversations, texts in and out, consent, calls. Safe online: new tables.

create table contacts (
  org_id uuid not null references organizations (id),
  id uuid not null,
  phone text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, phone)
);

-- What the desk has learnt of a contact. Columns, never the chat history, say how far the qualification is.
create table leads (
  org_id uuid not null,
  contact_id uuid not null,
  source text not null check (source in ('sms', 'voice')),
  first_name text,
  service_id uuid,
  patient_type text check (patient_type in ('new', 'returning')),
  -- ISO weekdays that suit, 1 is Monday; empty means not said.
  preferred_days smallint[] not null default '{}',
  -- Local clock minutes of the day that suit: [from, until). Null means not said.
  preferred_from_minute smallint check (preferred_from_minute between 0 and 1439),
  preferred_until_minute smallint check (preferred_until_minute between 1 and 1440),
  any_time boolean not null default false,
  deposit_status text not null default 'none' check (deposit_status in
    ('none', 'asked', 'declined', 'requested', 'link_sent', 'failed', 'paid', 'expired', 'paid_without_slot')),
  -- The latest deposit question put to the patient, which consent must answer.
  deposit_asked_at timestamptz,
  deposit_asked_appointment_id uuid,
  tags text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, contact_id),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, service_id) references services (org_id, id)
);

-- One clinic and one person. The lease lets one turn run at a time; its fence is checked on every write of the turn.
create table conversations (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  -- The clinic number last written to; replies leave from it.
  clinic_number text not null,
  state text not null default 'desk' check (state in ('desk', 'handed_off')),
  handed_off_at timestamptz,
  fence bigint not null default 0,
  leased_until timestamptz,
  last_inbound_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, contact_id),
  foreign key (org_id, contact_id) references contacts (org_id, id)
  -- Each text and each turn updates the row; the free space keeps the new version on its page and out of the indexes.
) with (fillfactor = 80);

create table inbound_messages (
  org_id uuid not null,
  id uuid not null,
  seq bigint not null generated always as identity,
  conversation_id uuid not null,
  from_number text not null,
  to_number text not null,
  -- Card numbers are redacted before the row is written.
  body text not null,
  has_card_number boolean not null default false,
  -- SHA-256 of sender, recipient and words, to know the same text delivered under two ids.
  digest bytea not null,
  provider text not null,
  provider_message_id text not null,
  received_at timestamptz not null,
  created_at timestamptz not null default now(),
  -- What took the text; null while it is unanswered.
  handled_by text check (handled_by in
    ('turn', 'keyword', 'card-answer', 'duplicate', 'opted-out', 'staff', 'handed-off')),
  handled_turn_id uuid,
  handled_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id),
  check ((handled_by is null) = (handled_at is null))
);
create index on inbound_messages (org_id, conversation_id, seq);
create index inbound_messages_unanswered on inbound_messages (created_at) where handled_by is null;

-- One row per text, whoever wants it sent. `cause_key` names its cause, so a repeated cause finds the row and writes none.
create table outbound_messages (
  org_id uuid not null references organizations (id),
  id uuid not null,
  seq bigint not null generated always as identity,
  conversation_id uuid,
  contact_id uuid,
  staff_member_id uuid,
  from_number text not null,
  to_number text not null,
  class text not null check (class in
    ('reply', 'missed-call', 'keyword-answer', 'reminder', 'marketing', 'staff-notice')),
  kind text not null,
  body text not null check (body <> ''),
  cause_key text not null,
  state text not null default 'queued' check (state in
    ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'suppressed', 'unknown')),
  -- Why it failed or was suppressed, in words for people.
  reason text,
  attempts smallint not null default 0,
  next_attempt_at timestamptz,
  provider_message_id text,
  created_at timestamptz not null default now(),
  state_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, cause_key),
  foreign key (org_id, conversation_id) references conversations (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, staff_member_id) references staff_members (org_id, id),
  check ((contact_id is null) <> (staff_member_id is null))
);
create index on outbound_messages (org_id, conversation_id, seq);
create index outbound_messages_open on outbound_messages (next_attempt_at)
  where state = 'queued' and next_attempt_at is not null;
create index on outbound_messages (org_id, to_number, seq) where state in ('queued', 'sending');

-- Written before the carrier is called; its id travels in the carrier's webhook address.
create table send_attempts (
  org_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  number smallint not null,
  provider text not null,
  started_at timestamptz not null,
  outcome text check (outcome in ('accepted', 'refused', 'retryable', 'unknown')),
  error_code text,
  provider_message_id text,
  finished_at timestamptz,
  primary key (org_id, id),
  unique (org_id, message_id, number),
  foreign key (org_id, message_id) references outbound_messages (org_id, id)
);
create index send_attempts_unresolved on send_attempts (started_at) where outcome is null or outcome = 'unknown';
create unique index on send_attempts (provider, provider_message_id) where provider_message_id is not null;

-- Present means: no text leaves to this number from this clinic.
create table opt_outs (
  org_id uuid not null references organizations (id),
  phone text not null,
  opted_out_at timestamptz not null,
  primary key (org_id, phone)
);

-- Append-only evidence of each change of consent.
create table consent_events (
  org_id uuid not null references organizations (id),
  id uuid not null,
  phone text not null,
  kind text not null check (kind in ('opt-out', 'opt-in')),
  source text not null check (source in ('keyword', 'free-wording', 'carrier')),
  wording text,
  inbound_message_id uuid,
  occurred_at timestamptz not null,
  primary key (org_id, id)
);
create index on consent_events (org_id, phone, occurred_at);

create table calls (
  org_id uuid not null,
  id uuid not null,
  conversation_id uuid,
  provider text not null,
  -- Telnyx `call_session_id`: all legs of one call share it.
  session_id text not null check (session_id <> ''),
  from_number text,
  to_number text not null,
  started_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  hangup_cause text,
  -- When it may be judged: events of one call come out of order.
  decide_at timestamptz,
  outcome text check (outcome in ('missed', 'answered', 'ignored')),
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, provider, session_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id)
);
create index calls_undecided on calls (decide_at) where decide_at is not null and outcome is null;
