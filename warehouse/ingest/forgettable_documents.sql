-- Documents that are meant by a path, an id or an address. One row per document.
select distinct documents.document_id, documents.source_path, documents.record, documents.text, articles.title
from documents
left join articles using (document_id)
where documents.document_id = $wanted
    or documents.source_path = $wanted
    or (documents.given ->> '$.url') = $wanted
    or articles.url = $wanted
    or documents.document_id in (
        select document_id from sightings where source_path = $wanted or file_path = $wanted
    )
order by documents.source_path, documents.record, documents.document_id;
