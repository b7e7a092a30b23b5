-- Documents that are not current, each with what its file holds now. One row per document.
select document_id, superseded_by
from documents
where not is_current;
