-- What the relay keeps of a row while it hands it to a handler in its own process. Safe online: nullable or constant columns, and an index on a small table.
alter table outbox
  -- How often it was handed out; counted before its handler runs, so that what ends the process is known by it.
  add column tries smallint not null default 0,
  -- Since when it is in hand. After a crash: what was in hand then.
  add column handed_out_at timestamptz,
  -- When it may be handed out again after a failure. Null: at once.
  add column not_before timestamptz;

-- The first row of each group.
create index on outbox (queue, group_id, id);

grant update (tries, handed_out_at, not_before) on outbox to frontdesk_relay;
