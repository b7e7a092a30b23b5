-- Documents of files that are not read again. One row per document.
create or replace temp table seen_documents as
select distinct document_id
from sightings
where inbox = $inbox
    and missed_run_id is null
    and file_path in (select unnest(from_json($file_paths, '["VARCHAR"]')));
