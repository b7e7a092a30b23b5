-- One row per run, the newest first.
create or replace view run_history as
select
    run_id,
    started_at,
    round(epoch(ended_at - started_at), 1) as seconds,
    status,
    found,
    loaded,
    unchanged,
    repeated,
    rejected,
    articles,
    found = loaded + unchanged + repeated + rejected as is_accounted_for,
    inbox,
    engine,
    marbre_version,
from runs
order by started_at desc;
