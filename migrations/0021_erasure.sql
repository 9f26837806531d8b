-- Erasing a person: one function that does it, what is kept of it, and what late news of them meets; and how much waits to be sent. Safe online: new tables, functions, triggers and grants.

-- Ids of what was erased. Late events, receipts and alarms name them, and are dropped without a word.
create table erased_ids (
  org_id uuid not null references organizations (id),
  id uuid not null,
  erased_at timestamptz not null,
  primary key (org_id, id)
);
create index on erased_ids (erased_at);

-- The secret of each clinic by which a number is known again without being kept. It never leaves the database, and is restored with
-- it: whoever loses it texts people who had asked for no more.
create table erasure_keys (
  org_id uuid primary key references organizations (id),
  key bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
);

-- The wish of erased people to get no texts.
create table erased_opt_outs (
  org_id uuid not null references organizations (id),
  digest bytea not null,
  opted_out_at timestamptz not null,
  primary key (org_id, digest)
);

do $$
declare
  a_table text;
begin
  foreach a_table in array array['erased_ids', 'erasure_keys', 'erased_opt_outs'] loop
    execute format('alter table %I enable row level security', a_table);
    execute format('alter table %I force row level security', a_table);
    execute format('create policy tenant on %I using (org_id = any ((select current_orgs())::uuid[]))', a_table);
    execute format('create policy owner_reads on %I for select to %I using (true)', a_table, current_user);
  end loop;
end
$$;
grant select on erased_ids to
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments, frontdesk_api;
grant select on erased_ids to frontdesk_operator;
create policy operator_reads on erased_ids for select to frontdesk_operator using (true);
grant select, delete on erased_ids to frontdesk_retention;
create policy retention on erased_ids to frontdesk_retention using (erased_at < now() - interval '15 days');
create policy retention_is_old on erased_ids as restrictive to frontdesk_retention using (erased_at < now() - interval '15 days');

-- HMAC-SHA-256 in its nested form: without the clinic's key nobody can try numbers out.
create function person_digest(clinic uuid, person text) returns bytea
  language sql stable security definer set search_path = public, pg_temp as $$
  select sha256(key || sha256(key || convert_to(person, 'UTF8'))) from erasure_keys where org_id = clinic
$$;

-- Whether somebody with this number asked for no texts before they were erased.
create function is_erased_opt_out(clinic uuid, person text) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from erased_opt_outs where org_id = clinic) then
    return false;
  end if;
  return exists (select from erased_opt_outs where org_id = clinic and digest = person_digest(clinic, person));
end
$$;

-- Who comes back is known by their number again, and so is their wish.
create function restore_opt_out() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wished_at timestamptz;
begin
  if not exists (select from erased_opt_outs where org_id = new.org_id) then
    return new;
  end if;
  delete from erased_opt_outs where org_id = new.org_id and digest = person_digest(new.org_id, new.phone)
    returning opted_out_at into wished_at;
  if found then
    insert into opt_outs (org_id, phone, opted_out_at) values (new.org_id, new.phone, wished_at) on conflict do nothing;
    insert into consent_events (org_id, id, phone, kind, source, recorded_by, occurred_at)
    values (new.org_id, gen_random_uuid(), new.phone, 'opt-out', 'import', 'erasure', wished_at);
  end if;
  return new;
end
$$;
create trigger restores_opt_out after insert on contacts for each row
  when (current_setting('app.erasing', true) is distinct from 'on') execute function restore_opt_out();

-- A carrier's list of opt-outs may still name somebody who was erased; their wish is known.
create function skip_known_opt_out() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if is_erased_opt_out(new.org_id, new.phone) then
    return null;
  end if;
  return new;
end
$$;
create trigger skips_erased before insert on opt_outs for each row execute function skip_known_opt_out();

-- A person whose money stays on the books remains as a row without a number. Nothing is ever asked to be sent to it.
create function skip_text_to_erased() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  return null;
end
$$;
create trigger skips_erased before insert on outbound_messages for each row
  when (new.to_number like 'erased:%') execute function skip_text_to_erased();

-- A late receipt, or Square's word of a late payment, is noted as having come, without its content.
create function empty_webhook_of_erased() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from erased_ids e where e.org_id = new.org_id and e.id = new.attempt_id)
    or new.provider = 'square' and exists (
      select from deposits d join erased_ids e on e.org_id = d.org_id and e.id = d.contact_id
      where d.org_id = new.org_id and d.square_order_id = new.payload #>> '{data,object,payment,order_id}')
  then
    new.payload := '{"erased": true}';
  end if;
  return new;
end
$$;
create trigger empties_erased before insert on webhook_events for each row
  when (new.org_id is not null and (new.attempt_id is not null or new.provider = 'square'))
  execute function empty_webhook_of_erased();

create policy owner_erases on webhook_events for update to current_user
  using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_erases on parked_messages for update to current_user
  using (org_id = any ((select current_orgs())::uuid[]));
create policy owner_erases on api_rate_limits for delete to current_user using (true);
create policy owner_reads on api_rate_limits for select to current_user using (true);

-- What in the payload of a webhook says that it is about the person: the number, and the orders of their deposits.
create function marks_of_person(clinic uuid, person text) returns text[]
  language sql stable security definer set search_path = public, pg_temp as $$
  select array(
    select '%' || ltrim(person, '+') || '%'
    union all
    select '%' || d.square_order_id || '%' from contacts c join deposits d on d.org_id = c.org_id and d.contact_id = c.id
      where c.org_id = clinic and c.phone = person and d.square_order_id is not null)
$$;

-- Empties the stored webhooks of a person among the next `at_most` of the table, or only counts them. That they came stays known, so
-- that one which the provider sends again is still a repeat. `last` is where to go on; null at the end.
create function erase_webhooks(clinic uuid, person text, after uuid, at_most integer, really boolean)
  returns table (last uuid, webhooks integer)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  marks text[] := marks_of_person(clinic, person);
  hits uuid[];
begin
  perform assert_own_clinic(clinic);
  select (array_agg(w.id order by w.id desc))[1],
    coalesce(array_agg(w.id) filter (where w.org_id = clinic and w.payload::text like any (marks)), '{}')
  into last, hits
  from (select id, org_id, payload from webhook_events where id > after order by id limit at_most) as w;
  webhooks := cardinality(hits);
  if really then
    update webhook_events set payload = '{"erased": true}' where id = any (hits) and org_id = clinic;
  end if;
  return next;
end
$$;

create function assert_own_clinic(clinic uuid) returns void language plpgsql stable as $$
begin
  if not coalesce(clinic = any (current_orgs()), false) then
    raise exception 'the transaction does not see this clinic' using errcode = '42501';
  end if;
end
$$;

/*
 * Erases a person, in the transaction of the caller, which sees this clinic alone. Answers what was done:
 * {"kind": "erased", "deleted": {table: rows}, "anonymised": {table: rows}}, {"kind": "nothing-found"}, or
 * {"kind": "expected", "visits": …, "deposits": …} when a visit is ahead or a deposit is open and the caller did not insist.
 * The webhooks of before `webhooks_since` were emptied already, `webhooks_erased` of them: that takes long, and needs no lock.
 * The list of tables in packages/erasure says what happens to each and why; a test holds it against the schema.
 * The conversation is locked first, as turns and webhooks do; whoever comes later finds nothing, or makes a stranger.
 */
create function erase_person(clinic uuid, person text, asked_by text, asked_at timestamptz, even_if_expected boolean,
    webhooks_erased integer, webhooks_since timestamptz)
  returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  digits constant text := '%' || right(regexp_replace(person, '\D', '', 'g'), 10) || '%';
  the_contact uuid;
  the_conversation uuid;
  is_placeholder boolean := false;
  marks text[];
  money uuid[];
  texts uuid[];
  notices uuid[];
  ids uuid[];
  visits integer;
  open_deposits integer;
  wished_at timestamptz;
  digest bytea;
  n integer;
  deleted jsonb := '{}';
  anonymised jsonb := '{}';
begin
  perform assert_own_clinic(clinic);
  perform set_config('app.erasing', 'on', true);

  -- Nobody may write of this person until the end: their conversation and contact are locked, or the number is taken meanwhile.
  loop
    perform from conversations v join contacts c on c.org_id = v.org_id and c.id = v.contact_id
      where c.org_id = clinic and c.phone = person for update of v;
    select id into the_contact from contacts where org_id = clinic and phone = person for update;
    exit when found;
    insert into contacts (org_id, id, phone) values (clinic, gen_random_uuid(), person) on conflict do nothing
      returning id into the_contact;
    is_placeholder := found;
    exit when found;
  end loop;
  select id into the_conversation from conversations where org_id = clinic and contact_id = the_contact for update;

  select count(*) into visits from appointments
    where org_id = clinic and contact_id = the_contact and state = 'confirmed' and starts_at > asked_at;
  select count(*) into open_deposits from (
    select id from appointments where org_id = clinic and contact_id = the_contact and state = 'held'
    union
    select appointment_id from deposits
      where org_id = clinic and contact_id = the_contact and state in ('requested', 'link_sent')) as still_open;
  if visits + open_deposits > 0 and not even_if_expected then
    perform set_config('app.erasing', '', true);
    return jsonb_build_object('kind', 'expected', 'visits', visits, 'deposits', open_deposits);
  end if;

  marks := marks_of_person(clinic, person);
  money := array(select appointment_id from deposits where org_id = clinic and contact_id = the_contact);
  texts := array(select id from outbound_messages where org_id = clinic and conversation_id = the_conversation);
  -- What staff were told of this person, by its cause or by the number in its words.
  notices := array(select id from outbound_messages o
    where o.org_id = clinic and o.conversation_id is null and o.staff_member_id is not null and (
      regexp_replace(o.body, '\D', '', 'g') like digits
      or regexp_replace(o.cause_key, ':staff:[^:]*$', '') in (
        select t.cause_key from staff_tasks t where t.org_id = clinic and (t.conversation_id = the_conversation
          or t.appointment_id in (select id from appointments where org_id = clinic and contact_id = the_contact))
        union all
        select 'booked:' || a.id from appointments a where a.org_id = clinic and a.contact_id = the_contact)));
  ids := array(
    select the_contact where not is_placeholder
    union select the_conversation where the_conversation is not null
    union select unnest(texts || notices)
    union select id from send_attempts where org_id = clinic and message_id = any (texts || notices)
    union select id from inbound_messages where org_id = clinic and conversation_id = the_conversation
    union select id from calls where org_id = clinic and (conversation_id = the_conversation or from_number = person)
    union select id from scheduled_texts where org_id = clinic and contact_id = the_contact
    union select id from turns where org_id = clinic and conversation_id = the_conversation
    union select id from appointments where org_id = clinic and contact_id = the_contact
    union select id from deposits where org_id = clinic and contact_id = the_contact);
  insert into erased_ids (org_id, id, erased_at) select clinic, id, asked_at from unnest(ids) as id on conflict do nothing;

  delete from scheduled_texts where org_id = clinic and contact_id = the_contact;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('scheduled_texts', n);
  delete from turn_steps where org_id = clinic
    and turn_id in (select id from turns where org_id = clinic and conversation_id = the_conversation);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('turn_steps', n);
  delete from turns where org_id = clinic and conversation_id = the_conversation;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('turns', n);
  delete from time_offers where org_id = clinic and conversation_id = the_conversation;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('time_offers', n);
  delete from leads where org_id = clinic and contact_id = the_contact;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('leads', n);
  delete from send_attempts where org_id = clinic and message_id = any (texts || notices);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('send_attempts', n);
  delete from outbound_messages where org_id = clinic and id = any (texts || notices);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('outbound_messages', n);
  -- Their files follow: the trigger of the table notes each for the store.
  delete from inbound_media where org_id = clinic and message_id in (select id from inbound_messages
    where org_id = clinic and conversation_id = the_conversation);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('inbound_media', n);
  delete from inbound_messages where org_id = clinic and conversation_id = the_conversation;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('inbound_messages', n);
  delete from calls where org_id = clinic and (conversation_id = the_conversation or from_number = person);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('calls', n);

  -- The books keep what was paid for which visit, without the person.
  update staff_tasks set reason = 'This person was erased at their own wish.', message_id = null
    where org_id = clinic and appointment_id = any (money);
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('staff_tasks', n);
  delete from staff_tasks where org_id = clinic and not coalesce(appointment_id = any (money), false)
    and (conversation_id = the_conversation or message_id = any (ids) or appointment_id = any (ids)
      or regexp_replace(reason, '\D', '', 'g') like digits);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('staff_tasks', n);
  insert into staff_tasks (org_id, id, kind, reason, appointment_id, deposit_id, conversation_id, cause_key, created_at, due_at)
    select d.org_id, gen_random_uuid(), 'payment-mismatch',
      'This person was erased at their own wish, and the visit was cancelled. The deposit was not given back: please decide.',
      d.appointment_id, d.id, the_conversation, 'erased:' || d.id, asked_at, asked_at + interval '1 day'
    from deposits d join appointments a on a.org_id = d.org_id and a.id = d.appointment_id
    where d.org_id = clinic and d.contact_id = the_contact and d.state = 'paid' and a.state = 'confirmed' and a.starts_at > asked_at
    on conflict do nothing;
  update deposits set link_url = null where org_id = clinic and contact_id = the_contact;
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('deposits', n);
  -- A hold that was given up is due at once, so that nobody can pay for it any more.
  update appointments set state = 'cancelled', hold_expires_at = case when state = 'held' then asked_at end
    where org_id = clinic and id = any (money) and (state = 'held' or state = 'confirmed' and starts_at > asked_at);
  delete from appointments where org_id = clinic and contact_id = the_contact and id <> all (money);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('appointments', n);
  anonymised := anonymised || jsonb_build_object('appointments', cardinality(money));

  -- The wish outlives the person, and so does the evidence of it: known by the digest alone.
  insert into erasure_keys (org_id) values (clinic) on conflict do nothing;
  digest := person_digest(clinic, person);
  delete from opt_outs where org_id = clinic and phone = person returning opted_out_at into wished_at;
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('opt_outs', n);
  if wished_at is not null then
    insert into erased_opt_outs (org_id, digest, opted_out_at) values (clinic, digest, wished_at) on conflict do nothing;
  end if;
  delete from marketing_consents where org_id = clinic and phone = person;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('marketing_consents', n);
  -- Nobody changes evidence, so it is written again without the person.
  with gone as (delete from consent_events where org_id = clinic and phone = person returning *)
  insert into consent_events (org_id, id, phone, kind, source, inbound_message_id, occurred_at, channel, clinic_number, recorded_by)
    select org_id, id, 'erased:' || encode(digest, 'hex'), kind, source, inbound_message_id, occurred_at, channel, clinic_number,
      recorded_by
    from gone;
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('consent_events', n);

  update webhook_events set payload = '{"erased": true}'
    where org_id = clinic and verified_at >= webhooks_since and payload::text like any (marks);
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('webhook_events', n + webhooks_erased);
  update parked_messages set body = '{"erased": true}' where org_id = clinic and regexp_replace(body, '[^\d{"]', '', 'g') like digits;
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('parked_messages', n);
  delete from idempotency_keys where org_id = clinic
    and (response::text like any (marks) or response::text like any (select '%' || id || '%' from unnest(ids) as id));
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('idempotency_keys', n);
  delete from api_rate_limits where key like any (marks) or key like any (select '%' || id || '%' from unnest(ids) as id);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('api_rate_limits', n);

  if cardinality(money) > 0 then
    update conversations set fence = fence + 1, leased_until = null, last_inbound_at = null, handed_off_at = null, state = 'handed_off'
      where org_id = clinic and id = the_conversation;
    get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('conversations', n);
    update contacts set phone = 'erased:' || id, time_zone = null, us_state = null, detail_agreed_at = null
      where org_id = clinic and id = the_contact;
    anonymised := anonymised || jsonb_build_object('contacts', 1);
  else
    delete from conversations where org_id = clinic and id = the_conversation;
    get diagnostics n = row_count; deleted := deleted || jsonb_build_object('conversations', n);
    delete from contacts where org_id = clinic and id = the_contact;
    deleted := deleted || jsonb_build_object('contacts', case when is_placeholder then 0 else 1 end);
  end if;
  perform set_config('app.erasing', '', true);

  select coalesce(jsonb_object_agg(key, value), '{}') into deleted from jsonb_each(deleted) where value <> '0';
  select coalesce(jsonb_object_agg(key, value), '{}') into anonymised from jsonb_each(anonymised) where value <> '0';
  if deleted = '{}' and anonymised = '{}' then
    return jsonb_build_object('kind', 'nothing-found');
  end if;
  insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
  values (clinic, gen_random_uuid(), asked_by, 'person.erased', 'contact', case when is_placeholder then 'none' else the_contact::text end,
    jsonb_build_object('deleted', deleted, 'anonymised', anonymised), asked_at);
  return jsonb_build_object('kind', 'erased', 'deleted', deleted, 'anonymised', anonymised);
end
$$;

revoke execute on function
  person_digest(uuid, text), is_erased_opt_out(uuid, text), marks_of_person(uuid, text), assert_own_clinic(uuid),
  erase_webhooks(uuid, text, uuid, integer, boolean), restore_opt_out(), skip_known_opt_out(), empty_webhook_of_erased(),
  erase_person(uuid, text, text, timestamptz, boolean, integer, timestamptz)
  from public;
grant execute on function is_erased_opt_out(uuid, text) to
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments, frontdesk_api;
grant execute on function
  erase_webhooks(uuid, text, uuid, integer, boolean), erase_person(uuid, text, text, timestamptz, boolean, integer, timestamptz)
  to frontdesk_operator, frontdesk_api;

-- What operators see of a text: never its words nor its numbers.
grant select (segments, encoding, priority, expires_at, appointment_id, content_warnings) on outbound_messages to frontdesk_operator;
grant select (channel) on consent_events to frontdesk_operator;

-- What waits to be sent, by priority, and (without one) the texts of the last seven days whose fate nobody knows yet. Numbers, of
-- all clinics.
create function messaging_backlog()
  returns table (priority integer, texts integer, oldest_seconds double precision)
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.priority::integer, count(*)::integer, extract(epoch from now() - min(m.next_attempt_at))::double precision
  from outbound_messages m where m.state = 'queued' and m.next_attempt_at <= now()
  group by m.priority
  union all
  select null, count(*)::integer, coalesce(extract(epoch from now() - min(a.started_at)), 0)::double precision
  from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
  where (a.outcome is null or a.outcome = 'unknown') and m.state in ('sending', 'unknown')
    and a.started_at between now() - interval '7 days' and now() - interval '1 minute'
    and not exists (select from staff_tasks t
      where t.org_id = a.org_id and t.cause_key = 'text-outcome-unknown:' || a.message_id and t.resolved_at is not null)
$$;
revoke execute on function messaging_backlog() from public;
grant execute on function messaging_backlog() to frontdesk_messaging_worker;
