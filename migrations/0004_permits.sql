-- Permits: may this effect happen? One row per flow and remedy, with the facts it was judged from.
create table permits (
  id text primary key,
  flow_id text not null,
  remedy text not null,
  mode text not null,
  state text not null check (state in ('asked', 'granted', 'used', 'refused', 'void', 'expired')),
  reasons jsonb not null,
  -- The exact state the permit holds for.
  bound jsonb not null,
  repository text not null,
  run_id text not null,
  family text not null,
  -- What the judgement was made from: enough to judge again.
  facts jsonb not null,
  -- What a grant spends of the repository's day, and whether it was taken.
  minutes integer not null,
  spent_on date,
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  expires_at timestamptz,
  used_at timestamptz,
  receipt jsonb,
  -- What became of the effect, as the loop observed it.
  proven boolean,
  settled_at timestamptz,
  unique (flow_id, remedy)
);
create index permits_waiting on permits (expires_at) where state in ('asked', 'granted');
create index permits_by_time on permits (asked_at desc, id desc);
create index permits_by_run on permits (run_id, family);
create index permits_settled on permits (repository, remedy, family, settled_at) where settled_at is not null;

-- What was granted per repository and day (UTC).
create table permit_budget (
  repository text not null,
  day date not null,
  reruns integer not null default 0,
  minutes integer not null default 0,
  primary key (repository, day)
);

-- The stop switch for all machines: always exactly one row.
create table stop_switch (
  singleton boolean primary key default true check (singleton),
  stopped boolean not null,
  by text,
  why text,
  since timestamptz,
  check (stopped = (since is not null))
);
insert into stop_switch (stopped) values (false);

-- Recent failures per family, to see many like failures at once.
create table recent_failures (
  family text not null,
  run_id text not null,
  attempt integer not null,
  repository text not null,
  at timestamptz not null,
  primary key (family, run_id, attempt)
);
create index recent_failures_by_time on recent_failures (at);

-- A family held because it failed in many places at once; one probe at a time may try whether it is over.
create table mass_failures (
  family text primary key,
  opened_at timestamptz not null,
  sentence text not null,
  probe text references permits (id),
  probe_since timestamptz,
  probes integer not null default 0,
  next_probe_at timestamptz not null,
  closed_at timestamptz
);

-- Modes that people chose for a repository on this installation.
create table autonomy (
  repository text not null,
  remedy text not null,
  mode text not null,
  by text not null,
  at timestamptz not null,
  primary key (repository, remedy)
);
