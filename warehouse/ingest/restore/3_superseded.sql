-- Documents that were edited away, each with what its file holds now, as far as that could be loaded. One row per document.
update documents
set superseded_by = successors.document_id
from left_documents
join documents as successors on successors.document_id = left_documents.superseded_by
where documents.document_id = left_documents.document_id;
