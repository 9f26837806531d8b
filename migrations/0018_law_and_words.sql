-- Where a person lives, whether texts may name their treatment, and what is known of a text's words. Safe online: nullable or constant columns.

alter table contacts
  -- The state of the United States that they live in, when somebody knows. Its rules hold besides those of the area code.
  add column us_state text check (us_state ~ '^[A-Z]{2}$'),
  -- Since when texts may name their treatment: they were warned that a lock screen shows it, and agreed. Null: discreet names.
  add column detail_agreed_at timestamptz;

-- The hosts of the clinic's own links, which its texts may carry besides Square's.
alter table organizations add column link_hosts text[] not null default '{}';

-- Codes of what carriers may hold the text back for.
alter table outbound_messages add column content_warnings text[] not null default '{}';

-- What staff learn of a person.
grant update (time_zone, us_state, detail_agreed_at) on contacts to frontdesk_api;
