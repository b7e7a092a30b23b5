-- Former texts whose successor is dropped. One row per document.
update documents
set superseded_by = null
where superseded_by in (select document_id from dropped_documents);
