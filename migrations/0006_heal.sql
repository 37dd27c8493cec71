-- The heal loop's ledger: one row per case (a failed attempt of a run), as it stands now. The events say how it came there.
create table healings (
  id text primary key,
  run_id text not null,
  attempt integer not null,
  connection text not null,
  repository text not null,
  pipeline text not null,
  branch text,
  sha text not null,
  job_id text,
  job_name text,
  state text not null check (state in ('sensing', 'deciding', 'asking', 'waiting', 'acting', 'proving', 'finished')),
  outcome text check (outcome in ('mended', 'not-mended', 'told', 'refused', 'watched')),
  sentence text not null,
  category text,
  family text,
  -- What the decision was made from: enough to decide again.
  inputs jsonb,
  diagnosis jsonb,
  plan jsonb,
  permit_id text,
  effect jsonb,
  proof jsonb,
  started_at timestamptz not null,
  finished_at timestamptz,
  check ((state = 'finished') = (outcome is not null))
);
create index healings_by_run on healings (run_id, attempt);
create index healings_by_time on healings (started_at desc, id desc);
create index healings_open on healings (started_at) where state <> 'finished';
create index healings_by_family on healings (family, started_at) where family is not null;

-- What happened in a case, in order; writing a moment twice changes nothing.
create table healing_moments (
  healing_id text not null references healings on delete cascade,
  what text not null,
  at timestamptz not null,
  sentence text not null,
  primary key (healing_id, what)
);

-- The record of each remedy: proven outcomes feed the choice next time.
create table remedy_outcomes (
  healing_id text primary key references healings on delete cascade,
  repository text not null,
  family text not null,
  category text not null,
  branch text,
  remedy text not null,
  proven boolean not null,
  took_ms bigint not null,
  at timestamptz not null,
  -- False once the same family failed again on the branch within the time a mend must hold.
  held boolean not null default true
);
create index remedy_outcomes_by_family on remedy_outcomes (family, remedy);
create index remedy_outcomes_by_repository on remedy_outcomes (repository, remedy);
