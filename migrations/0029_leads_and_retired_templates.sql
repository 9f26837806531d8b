-- Leads that began on WhatsApp, and templates that are deleted at their provider once they are retired. Safe online: a check that takes one more value, nullable columns.

alter table leads drop constraint leads_source_check;
alter table leads add constraint leads_source_check check (source in ('sms', 'whatsapp', 'voice'));

alter table message_templates
  -- When its owner took it out of use. Null: nobody did, or it was before this was kept.
  add column retired_at timestamptz,
  -- Since when the provider surely has it no more.
  add column removed_at timestamptz;
