-- When a clinic left and what becomes of its numbers then; since when a provider does not serve our account. Safe online: nullable or constant columns on small tables, a wider check, functions that do more.

-- Since then nothing is bought, brought about or assigned for it. Null: it is with the desk.
alter table organizations add column left_at timestamptz;

-- Since which look on the provider has refused to serve the desk's account. Null: it did when it was last asked.
alter table registrations add column unserved_since timestamptz;

alter table number_releases
  add column cause text not null default 'given-up' check (cause in ('given-up', 'clinic-left')),
  drop constraint number_releases_state_check,
  -- leaving -> kept: the number leaves its campaign and stays at the carrier, since it is the clinic's own or goes elsewhere.
  add constraint number_releases_state_check check (state in ('releasing', 'released', 'failed', 'leaving', 'kept'));

-- As before, and not for a clinic that has left. What the number leaves behind with its clinic is told once, by phone_numbers_change_clinic.
create or replace function assign_number(clinic uuid, number text, location uuid, of_carrier text, profile text,
    id_at_carrier text, how text, calls text, at timestamptz)
  returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  -- Whoever takes the clinic out waits for this, and then finds the number.
  with here as (
    select from organizations o where o.id = clinic and o.left_at is null for share),
  assigned as (
    insert into phone_numbers (e164, org_id, location_id, carrier, messaging_profile_id, carrier_number_id, origin,
      call_handling, assigned_at)
    select number, clinic, location, of_carrier, profile, id_at_carrier, how, calls, at from here
    on conflict (e164) do update set org_id = excluded.org_id, location_id = excluded.location_id, carrier = excluded.carrier,
      messaging_profile_id = excluded.messaging_profile_id, carrier_number_id = excluded.carrier_number_id,
      origin = excluded.origin, call_handling = excluded.call_handling, assigned_at = excluded.assigned_at,
      transfer_to = case when phone_numbers.org_id = excluded.org_id then phone_numbers.transfer_to end
    where phone_numbers.assigned_at <= excluded.assigned_at
    returning 1)
  select exists (select from assigned)
$$;

-- As before; a number that was bought anew is another one, and no history ends before it begins.
create or replace function keep_number_history() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and old.org_id = new.org_id and old.location_id = new.location_id and old.carrier = new.carrier
    and old.origin = new.origin and old.carrier_number_id is not distinct from new.carrier_number_id then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    update number_assignments set ended_at = greatest(now(), assigned_at) where e164 = old.e164 and ended_at is null;
  end if;
  if tg_op <> 'DELETE' then
    insert into number_assignments (org_id, e164, location_id, carrier, origin, carrier_number_id, assigned_at)
    values (new.org_id, new.e164, new.location_id, new.carrier, new.origin, new.carrier_number_id,
      case tg_op when 'INSERT' then new.assigned_at else greatest(new.assigned_at, now()) end);
  end if;
  return null;
end
$$;
