-- A task for staff when a person changes their number on WhatsApp. Safe online: a wider check on a small table, a grant.

alter table staff_tasks drop constraint staff_tasks_kind_check;
alter table staff_tasks add constraint staff_tasks_kind_check check (kind in
  ('hand-off', 'paid-without-slot', 'payment-mismatch', 'no-deposit-account', 'deposit-link-failed', 'text-outcome-unknown',
   'text-failed', 'booking-failed', 'registration', 'number-changed'));

grant insert on staff_tasks to frontdesk_webhook_ingress;
