-- What a failure says, masked, beside its family: families are joined and found again by it, without opening diagnoses.
alter table healings add column family_version integer;
alter table healings add column family_text text;
update healings
  set family_version = (diagnosis #>> '{fingerprint,version}')::integer, family_text = ''
  where diagnosis is not null;
create index healings_seen on healings (started_at desc) where family is not null;

-- What people said a failure is. The newest of a family holds; the ones it replaced stay, as training keeps them out.
create table failure_labels (
  id text primary key,
  family text not null,
  family_version integer not null,
  family_text text not null,
  repository text not null,
  category text not null,
  -- What Mendline had said.
  was text not null,
  healing_id text not null,
  job_id text,
  -- Lines of the job's kept log that show the failure, if the person pointed at some: [{"start", "end"}].
  spans jsonb,
  note text,
  by text not null,
  at timestamptz not null,
  replaced_at timestamptz
);
create index failure_labels_holding on failure_labels (family, family_version) where replaced_at is null;
create index failure_labels_by_time on failure_labels (at desc);

-- Trained models. The one that Mendline ships is not among them: it is read from its files.
create table models (
  version text primary key,
  kind text not null check (kind in ('causes', 'lines')),
  weights jsonb not null,
  -- What it was trained on, how it was split, and what it reached.
  record jsonb not null,
  -- What models that had not seen it said of each case: {"hash of the log": [probability of the truth, right]}. By it a
  -- later model is compared on cases that this one learnt from.
  held jsonb not null,
  trained_by text not null,
  trained_at timestamptz not null
);
create index models_by_time on models (kind, trained_at desc);

-- Which version diagnoses; no row means the one that was shipped.
create table models_in_use (
  kind text primary key check (kind in ('causes', 'lines')),
  version text references models,
  chosen_by text not null,
  chosen_at timestamptz not null
);
