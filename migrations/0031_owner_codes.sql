-- The code that shows the registry who a sole proprietor is, and when brands and campaigns were handed in. Safe online: columns with constant defaults, a wider check on a small table, a function in the place of one.

-- submitted -> code-wanted -> verified: the registry waits for the code that came to the owner's mobile phone.
alter table tendlc_brands drop constraint tendlc_brands_state_check;
alter table tendlc_brands add constraint tendlc_brands_state_check check (state in
  ('draft', 'submitted', 'pending', 'code-wanted', 'verified', 'unverified', 'failed'));

alter table tendlc_brands
  -- When the registry was last asked to take it in and did not say no: its list may not show it yet.
  add column asked_at timestamptz,
  -- Codes that were sent today and when the last one was; tries with the wrong code since. The code itself is kept nowhere.
  add column codes_sent smallint not null default 0,
  add column code_sent_at timestamptz,
  add column code_tries smallint not null default 0,
  -- When the registry took the code.
  add column code_confirmed_at timestamptz;

alter table tendlc_campaigns
  -- As above.
  add column asked_at timestamptz,
  -- Which of the details the owner wants the registry to have: the others wait until they are submitted.
  add column wanted_revision integer;

create or replace function tendlc_ein_is_used(of_ein text, but_brand uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from tendlc_brands b
    where b.ein = of_ein and b.id is distinct from but_brand
      and b.state in ('submitted', 'pending', 'code-wanted', 'verified', 'unverified'))
$$;
