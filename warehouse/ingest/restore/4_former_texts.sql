-- Still earlier texts of a file that was edited again: they too name what it holds now. One row per document.
update documents
set superseded_by = edited.superseded_by
from documents as edited
where edited.document_id in (select document_id from left_documents)
    and edited.superseded_by is not null
    and documents.superseded_by = edited.document_id;
