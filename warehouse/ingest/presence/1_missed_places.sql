-- Places of this inbox that no longer hold what they held. One row per place and record.
-- Looked for is what was in files that are gone, or were read to their end.
-- A file, folder or record that could not be read is not looked at: what it held is still there as far as we know.
create or replace temp table missed_places as
select inbox, source_path, record, document_id
from sightings
anti join seen
    on seen.inbox = sightings.inbox
    and seen.source_path = sightings.source_path
    and seen.record is not distinct from sightings.record
    and seen.document_id = sightings.document_id
where inbox = $inbox
    and missed_run_id is null
    and file_path not in (select file_path from present_files where state <> 'read')
    and not exists (
        from unread
        where case
            when unread.record is not null
                then unread.source_path = sightings.source_path and unread.record is not distinct from sightings.record
            else unread.source_path in (sightings.source_path, sightings.file_path, '.')
                or starts_with(sightings.file_path, unread.source_path || '/')
        end
    );
