-- Who writes which table: the ownership matrix of docs/ownership.md as grants. Safe online.

grant usage on schema public to
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments, frontdesk_relay;

-- Every service may read what its own clinics have, but Square's token is for payments alone.
grant select on all tables in schema public to
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments;
revoke select on deposit_accounts, outbox from
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments;
grant select (org_id, location_id, provider) on deposit_accounts to frontdesk_conversation_worker;
grant select on deposit_accounts to frontdesk_payments;

-- A partition has no policy of its own: read directly it would show every clinic. It is reached through its table alone.
do $$
declare
  a_partition regclass;
begin
  for a_partition in select oid from pg_class where relispartition and relnamespace = 'public'::regnamespace and relkind = 'r' loop
    execute format('revoke all on %s from frontdesk_webhook_ingress, frontdesk_conversation_worker, '
      'frontdesk_messaging_worker, frontdesk_payments', a_partition);
  end loop;
end
$$;

-- What every service writes as it handles events.
grant insert on outbox, audit_log to
  frontdesk_webhook_ingress, frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments;
grant insert on inbox, parked_messages to
  frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments;

grant insert on webhook_events, contacts, inbound_messages, consent_events to frontdesk_webhook_ingress;
grant insert, update (clinic_number, last_inbound_at) on conversations to frontdesk_webhook_ingress;
grant insert, update (conversation_id, from_number, started_at, answered_at, ended_at, hangup_cause, decide_at) on calls
  to frontdesk_webhook_ingress;
grant insert, delete, update (opted_out_at) on opt_outs to frontdesk_webhook_ingress;

grant insert, update on leads, turns, turn_steps to frontdesk_conversation_worker;
grant update (fence, leased_until, state, handed_off_at) on conversations to frontdesk_conversation_worker;
grant update (handled_by, handled_turn_id, handled_at) on inbound_messages to frontdesk_conversation_worker;
grant update (outcome, decide_at) on calls to frontdesk_conversation_worker;
grant insert on time_offers, outbound_messages, staff_tasks to frontdesk_conversation_worker;
grant insert, update (state, hold_expires_at) on appointments to frontdesk_conversation_worker;

grant insert, update on deposits, payment_reports to frontdesk_payments;
grant insert on ledger_entries, outbound_messages, staff_tasks to frontdesk_payments;
grant update (state, hold_expires_at, confirmed_at) on appointments to frontdesk_payments;

grant insert, update on outbound_messages, send_attempts to frontdesk_messaging_worker;
grant insert, delete, update (opted_out_at) on opt_outs to frontdesk_messaging_worker;
grant insert on consent_events to frontdesk_messaging_worker;
grant insert, update (resolved_at) on staff_tasks to frontdesk_messaging_worker;

grant select, delete on outbox to frontdesk_relay;
grant select, insert on event_log to frontdesk_relay;
grant execute on function ensure_event_log_partitions(integer) to frontdesk_relay;

revoke execute on function
  route_numbers(text[]), route_square(text, text), unanswered_conversations(timestamptz, integer),
  undecided_calls(timestamptz, integer), due_sends(timestamptz, integer), unresolved_attempts(timestamptz, integer),
  due_deposit_links(timestamptz, integer), run_out_holds(timestamptz, integer), ensure_event_log_partitions(integer)
  from public;
grant execute on function route_numbers(text[]), route_square(text, text) to frontdesk_webhook_ingress;
grant execute on function unanswered_conversations(timestamptz, integer), undecided_calls(timestamptz, integer)
  to frontdesk_conversation_worker;
grant execute on function due_sends(timestamptz, integer), unresolved_attempts(timestamptz, integer)
  to frontdesk_messaging_worker;
grant execute on function due_deposit_links(timestamptz, integer), run_out_holds(timestamptz, integer)
  to frontdesk_payments;
grant execute on function ensure_event_log_partitions(integer) to frontdesk_relay;
