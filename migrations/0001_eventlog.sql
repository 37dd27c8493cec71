-- The event log: immutable facts, appended in the transaction of the state they belong to.
--
-- Positions are drawn when a row is written, not when it is committed, so a lower position can appear after a higher
-- one. Readers therefore go by (tx, position) and read only rows whose transaction is older than every transaction
-- still running: tx < pg_snapshot_xmin(pg_current_snapshot()). What they have passed can never change any more.
create table events (
  position bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  id uuid not null unique,
  type text not null,
  subject text not null,
  data jsonb not null,
  time timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  causation text,
  correlation text not null,
  dedupe_key text
);
create unique index events_dedupe on events (dedupe_key) where dedupe_key is not null;
create index events_order on events (tx, position);
create index events_subject on events (subject, position);
create index events_correlation on events (correlation, position);
create index events_type on events (type, position);

create table event_readers (
  name text primary key,
  tx xid8 not null default '0',
  position bigint not null default 0,
  -- The event a batch of one stumbles over, and how often.
  failing_position bigint,
  failures integer not null default 0,
  moved_at timestamptz not null default now()
);

-- Events a reader could not take; seen and sent again by a person.
create table dead_events (
  reader text not null,
  position bigint not null references events (position) on delete cascade,
  error text not null,
  failures integer not null,
  died_at timestamptz not null default now(),
  primary key (reader, position)
);
