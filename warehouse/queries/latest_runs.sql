-- The ten latest runs. One row per run.
select started_at, seconds, status, found, loaded, unchanged, repeated, rejected, is_accounted_for
from run_history
limit 10;
