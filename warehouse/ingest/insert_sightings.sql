-- Records seen for the first time, or for the first time there. One row per place and record.
insert into sightings by name
select distinct
    seen.inbox,
    seen.source_path,
    seen.record,
    seen.document_id,
    seen.file_path,
    $run_id as first_run_id,
    $run_id as last_run_id,
    null as missed_run_id,
from seen
semi join documents using (document_id)
anti join sightings
    on sightings.inbox = seen.inbox
    and sightings.source_path = seen.source_path
    and sightings.record is not distinct from seen.record
    and sightings.document_id = seen.document_id;
