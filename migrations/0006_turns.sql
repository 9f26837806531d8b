-- Turns of the conversation engine and the model's stored steps. Safe online: new tables.

create table turns (
  org_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  fence bigint not null,
  state text not null default 'running' check (state in ('running', 'answered', 'superseded', 'fell-back')),
  -- Newest text that the turn has read.
  last_inbound_seq bigint not null,
  failure text,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id)
);
create unique index turns_one_running on turns (org_id, conversation_id) where state = 'running';
create index on turns (org_id, conversation_id, started_at);

-- One answer of the model, stored before its tools run; the results join it when they are known.
create table turn_steps (
  org_id uuid not null,
  turn_id uuid not null,
  step smallint not null,
  response jsonb not null,
  tool_results jsonb,
  created_at timestamptz not null default now(),
  primary key (org_id, turn_id, step),
  foreign key (org_id, turn_id) references turns (org_id, id)
);
