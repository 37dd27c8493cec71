-- Every log that is opened asks for the last case of its job.
create index healings_by_job on healings (job_id, started_at desc) where job_id is not null;
