-- Records seen again where they were. One row per place and record.
update sightings
set last_run_id = $run_id, missed_run_id = null
from seen
where sightings.inbox = seen.inbox
    and sightings.source_path = seen.source_path
    and sightings.record is not distinct from seen.record
    and sightings.document_id = seen.document_id;
