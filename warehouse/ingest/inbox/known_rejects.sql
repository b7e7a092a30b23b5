-- Records that were set aside whole before, by the same engine and version, and what was said of each. One row per record.
with found as (
    select unnest(from_json($records, '[{"document_id": "VARCHAR", "position": "BIGINT"}]'), recursive := true)
)
select distinct on (found.position)
    found.position,
    rejects.stage,
    rejects.reason,
    rejects.detail,
    rejects.payload,
from found
join rejects using (document_id)
join runs using (run_id)
anti join documents using (document_id)
where runs.engine || ' ' || runs.marbre_version = $processed_by
order by found.position, rejects.reject_id;
