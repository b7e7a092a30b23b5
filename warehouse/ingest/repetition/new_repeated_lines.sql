-- New records that hold furniture. One row per record.
select document_id, repeated_lines as found
from changed_documents
where is_new;
