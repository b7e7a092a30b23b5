-- Files of an inbox as they were read last. One row per file.
-- A file is sound where all that it gave is held as it would be made now: by the same engine and version, and not
-- forgotten since. left_run_id: the latest run that missed one of its texts at another place, which may have said what is
-- given beside the text.
with held as (
    select sightings.file_path, count(*) as documents
    from sightings
    join documents using (document_id)
    where sightings.inbox = $inbox and sightings.missed_run_id is null and documents.processed_by = $processed_by
    group by sightings.file_path
),
left_elsewhere as (
    select sightings.file_path, max(other.missed_run_id) as left_run_id
    from sightings
    join sightings as other using (document_id)
    where sightings.inbox = $inbox and sightings.missed_run_id is null and other.missed_run_id is not null
    group by sightings.file_path
)
select
    files.file_path,
    files.size,
    files.modified_ns,
    files.records,
    files.rejected,
    coalesce(held.documents, 0) = files.records - files.rejected
        and (files.rejected = 0 or runs.engine || ' ' || runs.marbre_version = $processed_by) as is_sound,
    files.run_id,
    left_elsewhere.left_run_id,
from files
left join held using (file_path)
left join left_elsewhere using (file_path)
left join runs using (run_id)
where files.inbox = $inbox;
