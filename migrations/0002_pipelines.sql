-- What vendors delivered and what it says about runs and jobs. Owned by src/commons/pipelines.

-- Deliveries of webhooks: the second arrival of the same id or the same bytes is a duplicate. A quarantined delivery does
-- not block its own redelivery once we can read it; the same unreadable bytes are quarantined once.
-- Nothing looks a delivery up by our own id, so no index is kept of it.
create table deliveries (
  id uuid not null,
  connection text not null,
  delivery_id text,
  body_hash bytea not null,
  state text not null check (state in ('accepted', 'ignored', 'quarantined')),
  reason text,
  bytes integer not null,
  headers jsonb,
  body text,
  received_at timestamptz not null
);
create unique index deliveries_by_delivery_id on deliveries (connection, delivery_id) where state <> 'quarantined';
create unique index deliveries_by_body on deliveries (connection, body_hash) where state <> 'quarantined';
create index deliveries_received on deliveries using brin (received_at);
create unique index deliveries_unreadable on deliveries (connection, body_hash) where state = 'quarantined';

-- Keeps deliveries with their events and answers the ids of those that are new. All in one call, which is a transaction by
-- itself: on the way in, every further trip to the database costs as much as several deliveries.
create function record_deliveries(delivered jsonb)
returns uuid[]
language plpgsql as $$
declare
  fresh uuid[];
begin
  with kept as (
    insert into deliveries (id, connection, delivery_id, body_hash, state, reason, bytes, headers, body, received_at)
    select id, connection, "deliveryId", decode("bodyHash", 'hex'), state, reason, bytes, headers, body, "receivedAt"
    from jsonb_to_recordset(delivered) as told (
      id uuid, connection text, "deliveryId" text, "bodyHash" text, state text, reason text, bytes integer,
      headers jsonb, body text, "receivedAt" timestamptz
    )
    on conflict do nothing
    returning id
  )
  select coalesce(array_agg(id), '{}') from kept into fresh;
  perform append_events(array(
    select event
    from jsonb_array_elements(delivered) with ordinality as listed (delivery, place),
      jsonb_array_elements(delivery -> 'events') with ordinality as caused (event, turn)
    where (delivery ->> 'id')::uuid = any (fresh)
    order by listed.place, caused.turn
  ));
  return fresh;
end $$;

-- One row per attempt of a run, so that a rerun does not erase what it follows. `progress` sorts snapshots of one attempt;
-- `stage` (0 waiting, 1 started, 2 ended) is announced as an event once, and `announced` says how far that went.
create table runs (
  id text not null,
  attempt integer not null,
  connection text not null,
  vendor text not null,
  external_id text not null,
  repository text not null,
  pipeline text not null,
  path text,
  number bigint not null,
  status text not null,
  conclusion text,
  event text not null,
  branch text,
  sha text not null,
  actor text,
  title text,
  url text,
  created_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  progress text collate "C" not null,
  stage smallint not null,
  announced smallint not null default 0,
  primary key (id, attempt)
);
create index runs_newest on runs (created_at desc, id desc);
create index runs_of_pipeline on runs (repository, pipeline, created_at desc);
create index runs_open on runs (updated_at) where status <> 'completed';

create table jobs (
  id text primary key,
  run_id text not null,
  repository text not null,
  external_id text not null,
  attempt integer not null,
  name text not null,
  key text,
  status text not null,
  conclusion text,
  started_at timestamptz,
  completed_at timestamptz,
  steps jsonb not null,
  needs jsonb,
  observed jsonb,
  stall jsonb,
  stall_announced boolean not null default false,
  progress text collate "C" not null
);
create index jobs_of_run on jobs (run_id, attempt);

-- The archived, redacted log of one job: gzip chunks that can be read from any line. A log is written chunk by chunk, each
-- its own transaction (readers of the event log wait for the transactions that run, and a log may take long), and shown
-- when it is whole: `log_id` names the storing that is.
create table job_logs (
  job_id text primary key,
  log_id uuid not null,
  lines integer not null,
  bytes bigint not null,
  stored_at timestamptz not null
);
create table job_log_chunks (
  job_id text not null,
  log_id uuid not null,
  first_line integer not null,
  lines integer not null,
  gzip bytea not null,
  stored_at timestamptz not null default now(),
  primary key (job_id, log_id, first_line)
);
-- gzip does not shrink again: spare PostgreSQL the attempt.
alter table job_log_chunks alter column gzip set storage external;

-- How far the poller has read each repository.
create table poll_marks (
  connection text not null,
  repository text not null,
  read_until timestamptz not null,
  primary key (connection, repository)
);
