-- Processes that run flows. A process counts up its beat; whoever sees a beat stand still takes its flows over.
create table processes (
  id text primary key,
  host text not null,
  pid integer not null,
  -- Start time of the process in clock ticks since boot (/proc/<pid>/stat, field 22): tells a process from its pid's next owner.
  pid_started text,
  beat bigint not null default 0,
  started_at timestamptz not null default now()
);
