-- Articles that a run no longer found as they were. One row per kind: edited, gone.
select what, count(*) as articles
from gone_articles
where missed_run_id = $run_id
group by what
order by what;
