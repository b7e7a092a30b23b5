-- Every run accounts for what it found. One row per run that does not.
select run_id, concat(found, ' found, ', loaded, ' + ', unchanged, ' + ', repeated, ' + ', rejected, ' accounted for') as detail
from runs
where found <> loaded + unchanged + repeated + rejected
order by run_id;
