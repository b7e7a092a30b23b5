-- The bytes of a document have the hash that it gives. One row per document whose bytes do not.
select document_id, source_path
from documents
where sha256(raw) <> documents.sha256
order by document_id;
