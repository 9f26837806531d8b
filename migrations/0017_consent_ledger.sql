-- Consent: evidence that nobody changes, what carriers know, and a clinic's own words for its keyword answers and missed calls. Safe online: a constant column, a new table, two small triggers.

-- What was written once stays as it was written, whoever asks. Rows go only with the clinic or the person that they are about, and no
-- service may delete them.
create function refuse_change_of_evidence() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'consent_events is append-only' using errcode = 'restrict_violation';
end
$$;
create trigger append_only before update on consent_events for each row execute function refuse_change_of_evidence();
create trigger append_only_as_a_whole before truncate on consent_events
  for each statement execute function refuse_change_of_evidence();
-- The ledger as a lawyer reads it: a clinic's pages in the order of time.
create index on consent_events (org_id, occurred_at, id);
-- Was this text understood as a wish before?
create index on consent_events (org_id, inbound_message_id) where inbound_message_id is not null;

-- Up to where the desk has read the list of opt-outs that a carrier keeps for a messaging profile.
create table carrier_opt_out_cursors (
  org_id uuid not null references organizations (id),
  messaging_profile_id text not null,
  -- The newest entry that was read; entries may appear a little later than they are dated.
  read_until timestamptz not null,
  looked_at timestamptz not null,
  primary key (org_id, messaging_profile_id)
);
alter table carrier_opt_out_cursors enable row level security;
alter table carrier_opt_out_cursors force row level security;
create policy tenant on carrier_opt_out_cursors using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_reads on carrier_opt_out_cursors for select to current_user using (true);
grant select, insert, update on carrier_opt_out_cursors to frontdesk_messaging_worker;

-- Messaging profiles whose list nobody has read since `looked_before`, the longest forgotten first.
create function unread_messaging_profiles(of_carrier text, looked_before timestamptz, at_most integer)
  returns table (org_id uuid, messaging_profile_id text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.org_id, p.messaging_profile_id
  from (select distinct org_id, messaging_profile_id from phone_numbers
    where carrier = of_carrier and messaging_profile_id is not null) p
  left join carrier_opt_out_cursors c on c.org_id = p.org_id and c.messaging_profile_id = p.messaging_profile_id
  where c.looked_at is null or c.looked_at < looked_before
  order by c.looked_at nulls first, p.org_id
  limit at_most
$$;
revoke execute on function unread_messaging_profiles(text, timestamptz, integer) from public;
grant execute on function unread_messaging_profiles(text, timestamptz, integer) to frontdesk_messaging_worker;

-- What the clinic itself wants said to STOP, HELP and START: {"stop": {"en": "…", "es": "…"}, …}. What it leaves out the desk words.
alter table organizations
  -- The text to whoever called in vain; null: as the desk words it.
  add column missed_call_wording text,
  add column keyword_texts jsonb not null default '{}' check (jsonb_typeof(keyword_texts) = 'object');
