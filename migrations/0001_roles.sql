-- Roles of the services and of the relay, and the tenant setting. Safe online: creates only what is missing.

-- Each service's connections run as the service's own role (chosen when the connection opens). None may bypass
-- row-level security and none owns a table. Roles belong to the whole server, so another database may have made them.
do $$
declare
  role_name text;
begin
  foreach role_name in array array[
    'frontdesk_webhook_ingress', 'frontdesk_conversation_worker', 'frontdesk_messaging_worker', 'frontdesk_payments',
    'frontdesk_relay'
  ] loop
    begin
      execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', role_name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
end
$$;

create extension if not exists btree_gist;

-- The organisations that the open transaction may see, as `inTenant` set them. Unset means none, never all.
create function current_orgs() returns uuid[]
  language sql stable parallel safe
  return string_to_array(nullif(current_setting('app.org_ids', true), ''), ',')::uuid[];
