-- Texts that wait for their campaign, changes of campaigns that the registry refused, and campaigns that it does not end. Safe online: nullable or constant columns on small tables, a wider check, a function that does more.

alter table phone_numbers
  -- Its campaign was live and is suspended, turned away or over: carriers refuse its texts, which wait.
  add column campaign_closed boolean not null default false;

alter table tendlc_campaigns
  -- Which of the details the registry would not take in place of those that it has.
  add column refused_revision integer,
  -- Why the registry does not end it, though its clinic has left.
  add column stays_because text;

alter table registrations drop constraint registrations_subject_check;
alter table registrations add constraint registrations_subject_check check (subject in
  ('number-order', 'number-release', 'hosted-order', 'tendlc-brand', 'tendlc-campaign', 'tendlc-number', 'twilio-campaign',
   'whatsapp-sender', 'whatsapp-template'));

-- The look at what is closed already writes that to its numbers; an hour later, since one by the release that still runs would not.
update registrations r set due_at = now() + interval '1 hour'
from tendlc_campaigns c
where c.org_id = r.org_id and c.id = r.id and c.external_id is not null and c.state in ('suspended', 'rejected', 'expired');

-- As before; nothing waits for the campaign of whoever had the number before.
create or replace function leave_tendlc() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with gone as (
    update tendlc_numbers set state = 'removed', wanted = 'out', reason = 'the number is no longer the clinic’s', state_at = now()
    where org_id = old.org_id and e164 = old.e164 and state <> 'removed'
    returning org_id, id
  )
  update registrations r set external_id = null, due_at = null from gone where r.org_id = gone.org_id and r.id = gone.id;
  if tg_op = 'DELETE' then
    return old;
  end if;
  new.campaign := null;
  new.texts_per_second := null;
  new.campaign_closed := false;
  return new;
end
$$;

grant update (campaign_closed) on phone_numbers to frontdesk_messaging_worker;
