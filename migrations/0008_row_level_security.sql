-- Row-level security for every table of a tenant, forced also on the owner. Safe online: tables are still empty.

do $$
declare
  tenant_table regclass;
begin
  for tenant_table in
    select attrelid::regclass from pg_attribute join pg_class on pg_class.oid = attrelid
    where attname = 'org_id' and not attisdropped and relkind in ('r', 'p') and not relispartition
      and relnamespace = 'public'::regnamespace
      and relname not in ('outbox', 'event_log', 'parked_messages', 'webhook_events')
  loop
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy tenant on %s using (org_id = any ((select current_orgs())::uuid[]))', tenant_table);
    -- The look-ups of 0009 run as the owner and see all clinics, but answer only ids.
    execute format('create policy owner_reads on %s for select to %I using (true)', tenant_table, current_user);
  end loop;
end
$$;

alter table organizations enable row level security;
alter table organizations force row level security;
create policy tenant on organizations using (id = any ((select current_orgs())::uuid[]));
create policy owner_reads on organizations for select to current_user using (true);

-- A service adds rows of its own; the relay alone reads and removes them.
alter table outbox enable row level security;
alter table outbox force row level security;
create policy tenant on outbox for insert
  with check (org_id = any ((select current_orgs())::uuid[]) and producer = replace(substr(current_user::text, 11), '_', '-'));
create policy relay on outbox to frontdesk_relay using (true);

alter table event_log enable row level security;
alter table event_log force row level security;
create policy tenant on event_log for select using (org_id = any ((select current_orgs())::uuid[]));
create policy relay on event_log to frontdesk_relay using (true);

-- Rows without an organisation (unknown number, unreadable message) belong to nobody and are seen by the operators alone.
alter table parked_messages enable row level security;
alter table parked_messages force row level security;
create policy tenant on parked_messages for select using (org_id = any ((select current_orgs())::uuid[]));
create policy park on parked_messages for insert
  with check (org_id is null or org_id = any ((select current_orgs())::uuid[]));

alter table webhook_events enable row level security;
alter table webhook_events force row level security;
create policy tenant on webhook_events for select using (org_id = any ((select current_orgs())::uuid[]));
create policy accept on webhook_events for insert
  with check (org_id is null or org_id = any ((select current_orgs())::uuid[]));
