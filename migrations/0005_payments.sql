-- Deposit accounts, deposits, what Square reported, and the ledger. Safe online: new tables.

create table deposit_accounts (
  org_id uuid not null,
  location_id uuid not null,
  provider text not null default 'square' check (provider = 'square'),
  merchant_id text not null,
  square_location_id text not null,
  -- AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag.
  access_token bytea not null,
  access_token_key_id text not null,
  primary key (org_id, location_id),
  unique (merchant_id, square_location_id),
  foreign key (org_id, location_id) references locations (org_id, id)
);

-- requested -> link_sent -> paid | expired -> paid_without_slot; requested -> cancelled. See the payments package for the table of moves.
create table deposits (
  org_id uuid not null,
  id uuid not null,
  appointment_id uuid not null,
  contact_id uuid not null,
  conversation_id uuid not null,
  location_id uuid not null,
  amount_cents integer not null check (amount_cents > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null check (state in ('requested', 'link_sent', 'paid', 'expired', 'paid_without_slot', 'cancelled')),
  idempotency_key text not null,
  square_order_id text,
  square_link_id text,
  link_url text,
  attempts smallint not null default 0,
  next_attempt_at timestamptz,
  told_of_delay_at timestamptz,
  expires_at timestamptz,
  square_payment_id text,
  paid_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, appointment_id),
  unique (org_id, idempotency_key),
  foreign key (org_id, appointment_id) references appointments (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id)
);
create unique index on deposits (org_id, square_order_id) where square_order_id is not null;
create index deposits_due on deposits (next_attempt_at) where state = 'requested' and next_attempt_at is not null;
create index deposits_expiring on deposits (expires_at) where state = 'link_sent';

-- The latest that Square said of each payment. It may come before the deposit knows its order.
create table payment_reports (
  org_id uuid not null references organizations (id),
  payment_id text not null,
  order_id text not null,
  status text not null,
  amount_cents integer not null,
  currency text not null,
  reported_at timestamptz not null,
  applied_status text,
  primary key (org_id, payment_id)
);
create index on payment_reports (org_id, order_id);

create table ledger_entries (
  org_id uuid not null,
  id uuid not null,
  deposit_id uuid not null,
  kind text not null check (kind in ('captured', 'refunded')),
  amount_cents integer not null check (amount_cents > 0),
  currency text not null,
  square_payment_id text not null,
  occurred_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, kind, square_payment_id),
  foreign key (org_id, deposit_id) references deposits (org_id, id)
);
