-- Runs whose id begins so; `last` is the newest. One row per run, two at most.
select run_id
from runs
where if($wanted = 'last', run_id = (select max(run_id) from runs), $wanted <> '' and starts_with(run_id, $wanted))
limit 2;
