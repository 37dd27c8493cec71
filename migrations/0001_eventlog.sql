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

-- A function, because its plan is kept for the session: planning would cost more than the insert.
create function append_events(appended jsonb[])
returns table (id uuid, "position" bigint, "time" timestamptz, recorded_at timestamptz)
language plpgsql as $$
#variable_conflict use_column
begin
  return query
    insert into events as stored (id, type, subject, data, time, causation, correlation, dedupe_key)
    select id, type, subject, data, least(time, clock_timestamp()), causation, correlation, "dedupeKey"
    from unnest(appended) with ordinality as listed (event, place),
      jsonb_to_record(event) as told (
        id uuid, type text, subject text, data jsonb, time timestamptz, causation text, correlation text, "dedupeKey" text
      )
    order by place
    on conflict (dedupe_key) where dedupe_key is not null do nothing
    returning stored.id, stored.position, stored.time, stored.recorded_at;
  -- PostgreSQL commits transactions that notify one after another, so of those in flight only one does. A reader that
  -- was woken looks again a few times, for what is committed a moment later.
  if found and pg_try_advisory_xact_lock(hashtextextended('mendline_events', 0)) then
    perform pg_notify('mendline_events', '');
  end if;
end $$;

create table event_readers (
  name text primary key,
  tx xid8 not null default '0',
  position bigint not null default 0,
  -- The event the reader stumbles over, and how often it did.
  failing_position bigint,
  failures integer not null default 0,
  moved_at timestamptz not null default now()
);

-- Events that a reader could not take, to be seen by a person and sent again.
create table dead_events (
  reader text not null,
  position bigint not null references events (position) on delete cascade,
  error text not null,
  failures integer not null,
  died_at timestamptz not null default now(),
  send_again boolean not null default false,
  primary key (reader, position)
);
