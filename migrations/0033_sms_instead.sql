-- Texts that leave by SMS, since the person is not on WhatsApp. Safe online: nullable columns, a small partial index.

-- What it was a try on. Null: on the channel of its text, as all were before a text could go over to another.
alter table send_attempts add column channel text check (channel in ('sms', 'whatsapp'));

alter table outbound_messages
  -- When it was tried on WhatsApp, which said that the person is not there.
  add column not_on_whatsapp_at timestamptz,
  -- The words that were asked for, where those of a template took their place.
  add column asked_body text;

-- Only a little stands in this index: who was not on WhatsApp.
create index outbound_messages_not_on_whatsapp on outbound_messages (org_id, conversation_id, not_on_whatsapp_at)
  where not_on_whatsapp_at is not null;

grant select (channel) on send_attempts to frontdesk_operator;
grant select (not_on_whatsapp_at) on outbound_messages to frontdesk_operator;
