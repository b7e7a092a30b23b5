-- Places that no longer hold their record. One row per place and record.
update sightings
set missed_run_id = $run_id
from missed_places as missed
where sightings.inbox = missed.inbox
    and sightings.source_path = missed.source_path
    and sightings.record is not distinct from missed.record
    and sightings.document_id = missed.document_id;
