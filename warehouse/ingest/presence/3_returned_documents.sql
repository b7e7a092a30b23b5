-- Documents that were gone or edited away and are here again, as they would be processed now. One row per document.
create or replace temp table returned_documents as
select distinct document_id
from documents
semi join seen using (document_id)
where not is_current and processed_by = $processed_by;
