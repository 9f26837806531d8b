-- One person on two channels: whose a user id of WhatsApp is, one consent for all addresses of a person, erasing by any of them; and since when a clinic has its number. Safe online: look-ups that answer more than before, new functions, triggers and grants.

-- Pictures come by WhatsApp, too.
alter table inbound_media drop constraint inbound_media_provider_check;
alter table inbound_media add constraint inbound_media_provider_check check (provider in ('telnyx', 'twilio', 'meta'));

-- All that a clinic knows a person by: their number, and `wa:` with each of their ids at WhatsApp.
create function addresses_of_person(clinic uuid, address text) returns text[]
  language sql stable security definer set search_path = public, pg_temp as $$
  with person as (
    select coalesce(
      (select u.contact_id from whatsapp_users u
        where u.org_id = clinic and address like 'wa:%' and u.user_id = substr(address, 4)),
      (select c.id from contacts c where c.org_id = clinic and c.phone = address)) as id)
  select array(
    select address
    union select c.phone from contacts c join person on c.id = person.id where c.org_id = clinic
    union select 'wa:' || u.user_id from whatsapp_users u join person on u.contact_id = person.id where u.org_id = clinic
    order by 1)
$$;

/*
 * Until the transaction ends, nobody else changes what holds for the person or whose their addresses are; which those are by now.
 * Each side would else not see what the other is about to commit, and a STOP would hold for one address alone.
 */
create function lock_person(clinic uuid, address text) returns text[]
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('person:' || clinic || ':' || a, 0))
    from unnest(addresses_of_person(clinic, address)) as a;
  return addresses_of_person(clinic, address);
end
$$;

/*
 * What a person asked for by one address holds for all of them: `opt_outs` has a row for each, and the ledger has the evidence
 * under each, so that whoever asks by an address needs to know of no other. The end of a wish is only ever said by the person;
 * that two addresses turn out to be one person ends none.
 */
create function unite_opt_outs(clinic uuid, address text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  addresses constant text[] := lock_person(clinic, address);
  since timestamptz;
  back record;
  told text;
begin
  if cardinality(addresses) = 1 then
    return;
  end if;
  -- Who was erased and comes back is known by each of their addresses.
  if exists (select from erased_opt_outs where org_id = clinic) then
    for back in
      delete from erased_opt_outs e using unnest(addresses) as a (address)
      where e.org_id = clinic and e.digest = person_digest(clinic, a.address) returning a.address, e.opted_out_at
    loop
      insert into opt_outs (org_id, phone, opted_out_at) values (clinic, back.address, back.opted_out_at) on conflict do nothing;
      insert into consent_events (org_id, id, phone, kind, source, recorded_by, occurred_at)
      values (clinic, gen_random_uuid(), back.address, 'opt-out', 'import', 'erasure', back.opted_out_at);
    end loop;
  end if;
  select min(opted_out_at) into since from opt_outs where org_id = clinic and phone = any (addresses);
  if since is null then
    return;
  end if;
  for told in
    insert into opt_outs (org_id, phone, opted_out_at) select clinic, a, since from unnest(addresses) as a
    on conflict do nothing returning phone
  loop
    insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at, channel, clinic_number,
      recorded_by)
    select clinic, gen_random_uuid(), told, e.kind, e.source, e.wording, e.inbound_message_id, e.occurred_at, e.channel,
      e.clinic_number, e.recorded_by
    from (select * from consent_events where org_id = clinic and phone = any (addresses) and kind = 'opt-out'
      order by occurred_at desc, id desc limit 1) as e
    where not exists (select from consent_events k
      where k.org_id = clinic and k.phone = told and k.kind = e.kind and k.occurred_at = e.occurred_at);
  end loop;
  -- Whoever stops the texts withdraws a consent to marketing, by whichever address it was given.
  with withdrawn as (
    delete from marketing_consents where org_id = clinic and phone = any (addresses) returning phone
  )
  insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at, channel, clinic_number,
    recorded_by)
  select clinic, gen_random_uuid(), w.phone, 'marketing-opt-out', e.source, e.wording, e.inbound_message_id, e.occurred_at, e.channel,
    e.clinic_number, e.recorded_by
  from withdrawn w cross join (select * from consent_events where org_id = clinic and phone = any (addresses) and kind = 'opt-out'
    order by occurred_at desc, id desc limit 1) as e;
end
$$;

-- Before the row: two who stop by two addresses at once would else each wait for the other's.
create function hold_person() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform lock_person(old.org_id, old.phone);
    return old;
  end if;
  perform lock_person(new.org_id, new.phone);
  return new;
end
$$;
create trigger holds_the_person before insert or delete on opt_outs for each row
  when (current_setting('app.erasing', true) is distinct from 'on') execute function hold_person();

create function share_opt_out() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform unite_opt_outs(new.org_id, new.phone);
  return null;
end
$$;
create trigger holds_for_the_person after insert on opt_outs for each row
  when (current_setting('app.erasing', true) is distinct from 'on') execute function share_opt_out();
create trigger brings_opt_outs after update of phone on contacts for each row
  when (new.phone <> old.phone and current_setting('app.erasing', true) is distinct from 'on') execute function share_opt_out();

create function share_opt_out_of_user() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform unite_opt_outs(new.org_id, 'wa:' || new.user_id);
  return null;
end
$$;
create trigger brings_opt_outs after insert or update of contact_id on whatsapp_users for each row
  execute function share_opt_out_of_user();

-- The person wants texts again, and said so by one of their addresses.
create function share_opt_in() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from opt_outs where org_id = old.org_id and phone = any (addresses_of_person(old.org_id, old.phone));
  return null;
end
$$;
create trigger ends_for_the_person after delete on opt_outs for each row
  when (current_setting('app.erasing', true) is distinct from 'on') execute function share_opt_in();

create function share_evidence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into consent_events (org_id, id, phone, kind, source, wording, inbound_message_id, occurred_at, channel, clinic_number,
    recorded_by)
  select new.org_id, gen_random_uuid(), a, new.kind, new.source, new.wording, new.inbound_message_id, new.occurred_at, new.channel,
    new.clinic_number, new.recorded_by
  from unnest(addresses_of_person(new.org_id, new.phone)) as a
  where a <> new.phone and not exists (select from consent_events k
    where k.org_id = new.org_id and k.phone = a and k.kind = new.kind and k.occurred_at = new.occurred_at);
  return null;
end
$$;
create trigger holds_for_the_person after insert on consent_events for each row
  when (new.kind in ('opt-out', 'opt-in') and current_setting('app.erasing', true) is distinct from 'on')
  execute function share_evidence();

-- Ends an agreement to marketing under each address of the person, and answers those under which there was one.
create function withdraw_marketing(clinic uuid, address text) returns setof text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  addresses text[];
begin
  perform assert_own_clinic(clinic);
  addresses := lock_person(clinic, address);
  return query delete from marketing_consents m where m.org_id = clinic and m.phone = any (addresses) returning m.phone;
end
$$;

-- A contact known by their id alone gets their number once WhatsApp tells it.
grant update (phone) on contacts to frontdesk_webhook_ingress;

-- Which clinic has these numbers, and since when: what was written to one before is not this clinic's. `route_numbers` stays for the
-- release before.
create function clinics_of_numbers(numbers text[])
  returns table (e164 text, org_id uuid, location_id uuid, call_handling text, assigned_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select e164, org_id, location_id, call_handling, assigned_at from phone_numbers where e164 = any (numbers)
$$;

-- Whether words name a person: a number in any way of writing it, or an id at WhatsApp.
create function names_person(words text, person text) returns boolean
  language sql immutable set search_path = public, pg_temp as $$
  select case
    when person like 'wa:%' then strpos(words, substr(person, 4)) > 0
    else regexp_replace(words, '[^\d{"]', '', 'g') like '%' || right(regexp_replace(person, '\D', '', 'g'), 10) || '%'
  end
$$;

-- What in the payload of a webhook says that it is about the person: what WhatsApp or a carrier calls them, and the orders of their deposits.
create or replace function marks_of_person(clinic uuid, person text) returns text[]
  language sql stable security definer set search_path = public, pg_temp as $$
  select array(
    select '%' || regexp_replace(a, '^(\+|wa:)', '') || '%' from unnest(addresses_of_person(clinic, person)) as a
    union all
    select '%' || d.square_order_id || '%' from contacts c join deposits d on d.org_id = c.org_id and d.contact_id = c.id
      where c.org_id = clinic and c.phone = any (addresses_of_person(clinic, person)) and d.square_order_id is not null)
$$;

-- The texts to a person, and what staff were told of them, by its cause or by the number in its words.
create function texts_about_person(clinic uuid, addresses text[]) returns table (id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  with person as (select c.id as contact_id, v.id as conversation_id
    from contacts c left join conversations v on v.org_id = c.org_id and v.contact_id = c.id
    where c.org_id = clinic and c.phone = any (addresses))
  select o.id from outbound_messages o
  where o.org_id = clinic and o.conversation_id in (select conversation_id from person)
  union all
  select o.id from outbound_messages o
  where o.org_id = clinic and o.conversation_id is null and o.staff_member_id is not null and (
    exists (select from unnest(addresses) as a where names_person(o.body, a))
    or regexp_replace(o.cause_key, ':staff:[^:]*$', '') in (
      select t.cause_key from staff_tasks t where t.org_id = clinic and (t.conversation_id in (select conversation_id from person)
        or t.appointment_id in (select id from appointments where org_id = clinic and contact_id in (select contact_id from person)))
      union all
      select 'booked:' || a.id from appointments a where a.org_id = clinic and a.contact_id in (select contact_id from person)))
$$;

-- Also the receipts of what staff were told, whose words may name the person in any way.
create or replace function erase_webhooks(clinic uuid, person text, after uuid, at_most integer, really boolean)
  returns table (last uuid, webhooks integer)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  marks text[] := marks_of_person(clinic, person);
  tries uuid[] := array(select a.id from send_attempts a
    where a.org_id = clinic and a.message_id in (select t.id from texts_about_person(clinic, addresses_of_person(clinic, person)) as t));
  hits uuid[];
begin
  perform assert_own_clinic(clinic);
  select (array_agg(w.id order by w.id desc))[1],
    coalesce(array_agg(w.id) filter (where w.org_id = clinic and (w.payload::text like any (marks) or w.attempt_id = any (tries))), '{}')
  into last, hits
  from (select id, org_id, payload, attempt_id from webhook_events where id > after order by id limit at_most) as w;
  webhooks := cardinality(hits);
  if really then
    update webhook_events set payload = '{"erased": true}' where id = any (hits) and org_id = clinic;
  end if;
  return next;
end
$$;

-- Erases what a clinic has under one address of a person. The conversation is locked first, as turns and webhooks do; whoever comes
-- later finds nothing, or makes a stranger.
create function erase_address(clinic uuid, person text, asked_at timestamptz, even_if_expected boolean,
    webhooks_erased integer, webhooks_since timestamptz)
  returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  the_contact uuid;
  the_conversation uuid;
  is_placeholder boolean := false;
  marks text[];
  money uuid[];
  texts uuid[];
  ids uuid[];
  visits integer;
  open_deposits integer;
  wished_at timestamptz;
  digest bytea;
  n integer;
  deleted jsonb := '{}';
  anonymised jsonb := '{}';
begin
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
  texts := array(select t.id from texts_about_person(clinic, array[person]) as t);
  ids := array(
    select the_contact where not is_placeholder
    union select the_conversation where the_conversation is not null
    union select unnest(texts)
    union select id from send_attempts where org_id = clinic and message_id = any (texts)
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
  delete from whatsapp_users where org_id = clinic and (contact_id = the_contact or 'wa:' || user_id = person);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('whatsapp_users', n);
  delete from leads where org_id = clinic and contact_id = the_contact;
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('leads', n);
  delete from send_attempts where org_id = clinic and message_id = any (texts);
  get diagnostics n = row_count; deleted := deleted || jsonb_build_object('send_attempts', n);
  delete from outbound_messages where org_id = clinic and id = any (texts);
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
      or names_person(reason, person));
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
    where org_id = clinic and verified_at >= webhooks_since and (payload::text like any (marks) or attempt_id = any (ids));
  get diagnostics n = row_count; anonymised := anonymised || jsonb_build_object('webhook_events', n + webhooks_erased);
  update parked_messages set body = '{"erased": true}' where org_id = clinic and names_person(body, person);
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
  return jsonb_build_object('kind', 'erased', 'deleted', deleted, 'anonymised', anonymised,
    'contact', case when not is_placeholder then the_contact end);
end
$$;

/*
 * Erases a person by any of their addresses, in the transaction of the caller, which sees this clinic alone. Answers what was done:
 * {"kind": "erased", "deleted": {table: rows}, "anonymised": {table: rows}}, {"kind": "nothing-found"}, or
 * {"kind": "expected", "visits": …, "deposits": …} when a visit is ahead or a deposit is open and the caller did not insist.
 * The webhooks of before `webhooks_since` were emptied already, `webhooks_erased` of them: that takes long, and needs no lock.
 * The list of tables in packages/erasure says what happens to each and why; a test holds it against the schema.
 */
create or replace function erase_person(clinic uuid, person text, asked_by text, asked_at timestamptz, even_if_expected boolean,
    webhooks_erased integer, webhooks_since timestamptz)
  returns jsonb
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  addresses text[];
  address text;
  one jsonb;
  done jsonb[] := '{}';
  visits integer := 0;
  open_deposits integer := 0;
  deleted jsonb;
  anonymised jsonb;
begin
  perform assert_own_clinic(clinic);
  -- A text that is being taken in may be telling a further address.
  perform from conversations v join contacts c on c.org_id = v.org_id and c.id = v.contact_id
    where c.org_id = clinic and c.phone = person for update of v;
  addresses := addresses_of_person(clinic, person);
  begin
    foreach address in array addresses loop
      one := erase_address(clinic, address, asked_at, even_if_expected,
        case when cardinality(done) = 0 then webhooks_erased else 0 end, webhooks_since);
      done := array_append(done, one);
      visits := visits + coalesce((one ->> 'visits')::integer, 0);
      open_deposits := open_deposits + coalesce((one ->> 'deposits')::integer, 0);
    end loop;
    if visits + open_deposits > 0 then
      raise sqlstate 'FD001';
    end if;
  exception when sqlstate 'FD001' then
    -- Nothing was done to the other addresses either.
    return jsonb_build_object('kind', 'expected', 'visits', visits, 'deposits', open_deposits);
  end;

  select coalesce(jsonb_object_agg(key, rows), '{}') into deleted from (
    select key, sum(value::integer) as rows from unnest(done) as d cross join jsonb_each_text(d -> 'deleted') group by key) as counts;
  select coalesce(jsonb_object_agg(key, rows), '{}') into anonymised from (
    select key, sum(value::integer) as rows from unnest(done) as d cross join jsonb_each_text(d -> 'anonymised') group by key) as counts;
  if deleted = '{}' and anonymised = '{}' then
    return jsonb_build_object('kind', 'nothing-found');
  end if;
  insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
  values (clinic, gen_random_uuid(), asked_by, 'person.erased', 'contact',
    coalesce((select d ->> 'contact' from unnest(done) as d where d ->> 'contact' is not null limit 1), 'none'),
    jsonb_build_object('deleted', deleted, 'anonymised', anonymised), asked_at);
  return jsonb_build_object('kind', 'erased', 'deleted', deleted, 'anonymised', anonymised);
end
$$;

revoke execute on function
  addresses_of_person(uuid, text), lock_person(uuid, text), unite_opt_outs(uuid, text), hold_person(), share_opt_out(), share_opt_out_of_user(), share_opt_in(),
  share_evidence(), withdraw_marketing(uuid, text), names_person(text, text), clinics_of_numbers(text[]),
  texts_about_person(uuid, text[]),
  erase_address(uuid, text, timestamptz, boolean, integer, timestamptz)
  from public;
grant execute on function clinics_of_numbers(text[]) to frontdesk_webhook_ingress;
grant execute on function withdraw_marketing(uuid, text) to frontdesk_messaging_worker, frontdesk_api;
