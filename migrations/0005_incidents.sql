-- Something that people must look at. At most one open incident per key; what follows while it is open is counted.
create table incidents (
  id text primary key,
  key text not null,
  title text not null,
  severity text not null check (severity in ('low', 'high')),
  state text not null check (state in ('open', 'resolved')),
  run_id text,
  healing_id text,
  -- Evidence in words, most telling first.
  evidence jsonb not null,
  occurrences integer not null default 1,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolved_why text,
  check ((state = 'resolved') = (resolved_at is not null))
);
create unique index incidents_open_key on incidents (key) where state = 'open';
create index incidents_by_time on incidents (opened_at desc, id desc);
