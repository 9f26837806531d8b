-- What the administration's role may do, answers that are kept for repeated requests, and how often somebody asked. Safe online: grants and new tables.

-- The answer that was committed with a change, so that the same request finds it instead of doing it again.
create table idempotency_keys (
  org_id uuid not null references organizations (id),
  key text not null check (length(key) between 1 and 255),
  -- SHA-256 of method, path and body.
  request_digest bytea not null,
  status smallint not null,
  response jsonb not null,
  created_at timestamptz not null,
  primary key (org_id, key)
);
create index on idempotency_keys (created_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_reads on idempotency_keys for select to current_user using (true);
create policy retention on idempotency_keys to frontdesk_retention using (created_at < now() - interval '1 day');
create policy retention_is_old on idempotency_keys as restrictive to frontdesk_retention
  using (created_at < now() - interval '1 day');
grant select, delete on idempotency_keys to frontdesk_retention;
grant select, insert on idempotency_keys to frontdesk_api;

-- Requests counted per person and per clinic, shared by all instances. Lost in a crash of the server they start again from none.
create unlogged table api_rate_limits (
  key text primary key,
  points integer not null default 0,
  -- Milliseconds since 1970. A float, since the driver gives bigint as something that does not mix with numbers.
  expire double precision
);
alter table api_rate_limits enable row level security;
alter table api_rate_limits force row level security;
create policy api on api_rate_limits to frontdesk_api using (true);
grant select, insert, update, delete on api_rate_limits to frontdesk_api;

-- What it reads of its clinics.
grant select on organizations, locations, phone_numbers, contacts, conversations, inbound_messages, outbound_messages,
  send_attempts, opt_outs, consent_events, marketing_consents, appointments, staff_members to frontdesk_api;
-- What it writes: texts that somebody asked for, and the people whom they are for.
grant insert on contacts, conversations, outbound_messages, outbox, audit_log to frontdesk_api;
-- What staff enter of a person's consent. An opt-out ends with the person's own START alone, so it cannot be deleted here.
grant insert on opt_outs, consent_events to frontdesk_api;
grant insert, delete on marketing_consents to frontdesk_api;
-- A text that may not leave is stopped in the transaction that asked for it.
grant update (state, reason, next_attempt_at, state_at) on outbound_messages to frontdesk_api;
