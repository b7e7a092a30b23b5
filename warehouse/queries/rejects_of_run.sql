-- What a run was the first to set aside. One row per file, record or row.
select source_path, record, stage, reason, detail
from rejects
where run_id = $run_id
order by source_path, record, stage, reason, detail;
