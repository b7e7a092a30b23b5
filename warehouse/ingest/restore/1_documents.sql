-- Documents that are here again. One row per document.
update documents
set is_current = true, superseded_by = null
where document_id in (select document_id from returned_documents);
