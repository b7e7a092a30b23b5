-- The rejects of a reason, of a file or of what lies in a folder or archive. One row per reject.
select reject_id, reason, source_path, record, detail, octet_length(payload) as kept_bytes, run_id
from rejects
where reason = $wanted or source_path = $wanted or starts_with(source_path, $wanted || '/')
order by source_path, record, reject_id;
