-- Runs of the journal that the warehouse holds already. One row per run.
select run_id
from runs
where run_id in (select unnest(from_json($run_ids, '["VARCHAR"]')));
