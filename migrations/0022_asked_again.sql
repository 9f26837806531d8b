-- Whether a person asked for texts again after an opt-out, told to operators without their number. Safe online: a new function.

-- Not every START comes by a text: a carrier's list or staff may tell of it, and only the number says whose it is.
create function asked_for_texts_again(clinic uuid, opt_out uuid, until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from consent_events e
    join consent_events later on later.org_id = e.org_id and later.phone = e.phone
    where e.org_id = clinic and e.id = opt_out and later.kind = 'opt-in'
      and later.occurred_at >= e.occurred_at and later.occurred_at <= until)
$$;
revoke execute on function asked_for_texts_again(uuid, uuid, timestamptz) from public;
grant execute on function asked_for_texts_again(uuid, uuid, timestamptz) to frontdesk_operator;
