-- Sightings are of documents, each once. One row per sighting of nothing, and per sighting that stands twice.
select 'sightings' as table_name, document_id as row_id, source_path, record, 'no such document' as detail
from sightings
anti join documents using (document_id)
union all
select 'sightings', concat_ws('/', inbox, source_path, record, document_id), source_path, record,
    concat(count(*), ' rows')
from sightings
group by inbox, source_path, record, document_id
having count(*) > 1;
