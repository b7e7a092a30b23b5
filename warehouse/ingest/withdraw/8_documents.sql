-- Documents that are gone. One row per document.
update documents
set is_current = false
where document_id in (select document_id from left_documents);
