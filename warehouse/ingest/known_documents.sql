-- Documents of this chunk that the warehouse holds, processed as they would be now. One row per document.
select document_id
from documents
semi join chunk using (document_id)
where processed_by = $processed_by;
