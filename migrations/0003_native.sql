-- Our own build service: what it knows of repositories, what it ran, what it learned, and what it still has to report.

create table native_repositories (
  connection text not null,
  name text not null,
  -- The bare repository on this machine.
  path text not null,
  default_branch text not null,
  -- The `vars` context of its workflows. Never a secret.
  variables jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (connection, name)
);

-- A run with its present attempt; earlier attempts live on in their jobs.
create table native_runs (
  id bigint generated always as identity primary key,
  connection text not null,
  repository text not null,
  path text not null,
  pipeline text not null,
  number integer not null,
  attempt integer not null default 1,
  status text not null check (status in ('queued', 'in_progress', 'completed')),
  conclusion text,
  event text not null,
  ref text not null,
  before_sha text,
  sha text not null,
  actor text,
  title text,
  -- The workflow file at `sha`: every attempt runs what the first one read.
  definition text not null,
  inputs jsonb not null default '{}',
  -- What asked for the run: the same push plans it once, however often it is heard.
  cause text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  foreign key (connection, repository) references native_repositories on delete cascade,
  unique (connection, repository, path, cause),
  unique (connection, repository, path, number),
  check ((status = 'completed') = (conclusion is not null))
);
create index native_runs_by_change on native_runs (connection, repository, updated_at);
create index native_runs_by_ref on native_runs (connection, repository, ref, id);

-- One life of a runner process. The start time in clock ticks tells it from its pid's next owner.
create table native_runners (
  id text primary key,
  name text not null,
  host text not null,
  pid integer not null,
  pid_started text,
  started_at timestamptz not null default now()
);

-- One cell of one job of one attempt. A job that waits for others stands as one row without a cell until they ended.
create table native_jobs (
  id bigint generated always as identity primary key,
  run_id bigint not null references native_runs on delete cascade,
  connection text not null,
  attempt integer not null,
  -- Order in the workflow file.
  place integer not null,
  key text not null,
  name text not null,
  needs text[] not null default '{}',
  cell jsonb,
  state text not null check (state in ('waiting', 'queued', 'claimed', 'running', 'completed')),
  conclusion text,
  outputs jsonb not null default '{}',
  steps jsonb not null default '[]',
  observed jsonb,
  -- The job of an earlier attempt whose result and log this one took over.
  carried_from bigint references native_jobs on delete cascade,
  -- Limits of this attempt; null leaves the runner's own.
  memory_bytes bigint,
  timeout_ms bigint,
  clean boolean not null default false,
  claimed_by text references native_runners,
  heartbeat_at timestamptz,
  -- {reason, key, at}: the runner obeys.
  stop_requested jsonb,
  created_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  check ((state = 'completed') = (conclusion is not null)),
  check (state in ('waiting', 'completed') or cell is not null)
);
create index native_jobs_by_run on native_jobs (run_id, attempt);
create index native_jobs_queued on native_jobs (connection, id) where state = 'queued';
create index native_jobs_active on native_jobs (connection, claimed_by) where state in ('claimed', 'running');

-- Gzipped pieces of a job's log as they came, masked by the runner before they get here.
create table native_log_chunks (
  job_id bigint not null references native_jobs on delete cascade,
  seq integer not null,
  bytes bytea not null,
  primary key (job_id, seq)
);

-- What was learned: later runs of the job get these limits.
create table native_limits (
  connection text not null,
  repository text not null,
  path text not null,
  job_key text not null,
  memory_bytes bigint,
  timeout_ms bigint,
  updated_at timestamptz not null default now(),
  primary key (connection, repository, path, job_key)
);

create table native_reruns (
  idempotency_key text primary key,
  run_id bigint not null references native_runs on delete cascade,
  attempt integer not null,
  at timestamptz not null
);
create index native_reruns_by_run on native_reruns (run_id);

-- Reports on their way to the gateway, written with the state they tell of. Gone once the gateway acknowledged them.
create table native_outbox (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  connection text not null,
  -- Reports of one stream (a run) go out in order.
  stream text not null,
  event text not null,
  body text not null,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index native_outbox_by_stream on native_outbox (stream, seq);

-- Where each ref stood when its last push was planned: what differs from git is a push that nobody told of.
create table native_refs (
  connection text not null,
  repository text not null,
  ref text not null,
  sha text not null,
  primary key (connection, repository, ref),
  foreign key (connection, repository) references native_repositories on delete cascade
);
