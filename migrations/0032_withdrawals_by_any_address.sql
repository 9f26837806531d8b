-- A consent to marketing that is withdrawn by one address of a person is withdrawn in the ledger under each. Safe online: one trigger in place of another.

create or replace trigger holds_for_the_person after insert on consent_events for each row
  when (new.kind in ('opt-out', 'opt-in', 'marketing-opt-out') and current_setting('app.erasing', true) is distinct from 'on')
  execute function share_evidence();
