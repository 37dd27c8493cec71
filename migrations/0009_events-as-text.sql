-- Events are the busiest table: what a webhook costs is mostly what it takes to write one.
--
-- The data of an event is written once and read whole. As `json` it is checked and kept as it came; to make `jsonb` of it
-- costs three times as much, and to make text of that again for each reader once more. Rewrites the table.
alter table events alter column data type json using data::json;

-- Events by columns, `told` being their data, one JSON document a line: no document around them has to be read first.
-- Only those that are `wanted` are appended; null wants all. A function, because its plan is kept for the session. The
-- functions before it stay for the version that calls them.
create function append_events(
  ids uuid[], types text[], subjects text[], told text, times timestamptz[], causations text[], correlations text[],
  dedupe_keys text[], wanted boolean[] default null
)
returns table (id uuid, "position" bigint, "time" timestamptz, recorded_at timestamptz)
language plpgsql as $$
#variable_conflict use_column
begin
  return query
    insert into events as stored (id, type, subject, data, time, causation, correlation, dedupe_key)
    select id, type, subject, line::json, least(time, clock_timestamp()), causation, correlation, dedupe_key
    from rows from (
      unnest(ids, types, subjects, times, causations, correlations, dedupe_keys, wanted), string_to_table(told, E'\n')
    ) with ordinality as listed (id, type, subject, time, causation, correlation, dedupe_key, is_wanted, line, place)
    where wanted is null or is_wanted
    order by place
    on conflict (dedupe_key) where dedupe_key is not null do nothing
    returning stored.id, stored.position, stored.time, stored.recorded_at;
  -- PostgreSQL commits transactions that notify one after another, so of those in flight only one does. A reader that
  -- was woken looks again a few times, for what is committed a moment later.
  if found and pg_try_advisory_xact_lock(hashtextextended('mendline_events', 0)) then
    perform pg_notify('mendline_events', '');
  end if;
end $$;

-- Keeps deliveries with the events that they cause, and answers the ids of those that are new. `causes` are the deliveries
-- of the events, which follow as `append_events` takes them.
create function record_deliveries(
  ids uuid[], connections text[], delivery_ids text[], body_hashes bytea[], states text[], reasons text[],
  bytes integer[], headers jsonb[], bodies text[], received timestamptz[],
  causes uuid[], event_ids uuid[], types text[], subjects text[], told text, times timestamptz[], causations text[],
  correlations text[], dedupe_keys text[]
)
returns uuid[]
language plpgsql as $$
declare
  fresh uuid[];
begin
  with kept as (
    insert into deliveries (id, connection, delivery_id, body_hash, state, reason, bytes, headers, body, received_at)
    select * from unnest(
      ids, connections, delivery_ids, body_hashes, states, reasons, record_deliveries.bytes, record_deliveries.headers,
      bodies, received
    )
    on conflict do nothing
    returning id
  )
  select coalesce(array_agg(id), '{}') from kept into fresh;
  perform append_events(
    event_ids, types, subjects, told, times, causations, correlations, dedupe_keys,
    array(select cause = any (fresh) from unnest(causes) with ordinality as caused (cause, place) order by place)
  );
  return fresh;
end $$;
