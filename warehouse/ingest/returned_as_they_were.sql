-- Documents that are here again and not processed again. One row per document.
delete from returned_documents
where document_id in (select document_id from staged_documents);
