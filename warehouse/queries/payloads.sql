-- What was kept of the rejects whose id begins so. One row per reject, two at most.
select source_path, payload
from rejects
where $reject_id <> '' and starts_with(reject_id, $reject_id)
limit 2;
