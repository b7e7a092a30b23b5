-- Runs of the journal, in the types of runs. One row per run.
insert into journaled_runs by name
select unnest(run)
from (select unnest(from_json($rows, $structure)) as run);
