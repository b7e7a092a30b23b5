-- Runs that rows name are there. One row per run that is named and is not.
select run_id, concat('named by ', table_name) as detail
from (
    select distinct run_id, 'rejects' as table_name from rejects
    union all
    select distinct first_run_id, 'sightings' from sightings
    union all
    select distinct run_id, 'run_warnings' from run_warnings
)
anti join runs using (run_id)
order by run_id, detail;
