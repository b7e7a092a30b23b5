-- Documents that no inbox holds any more. One row per document.
create or replace temp table dropped_documents as
select document_id
from documents
where not is_current;
