-- What files that are not read again hold: places of records, and the documents there. One row.
select count(*) as places, count(distinct document_id) as documents
from sightings
where inbox = $inbox
    and missed_run_id is null
    and file_path in (select unnest(from_json($file_paths, '["VARCHAR"]')));
