-- Documents whose lines are compared: new records and earlier documents, with their long lines. One row per document.
create or replace temp table texts as
select document_id, source, line_numbers, keys, widths, []::bigint[] as repeated_lines, true as is_new
from read_parquet($batches)
where keys is not null
union all
select document_id, source, line_numbers, keys, widths, documents.repeated_lines, false as is_new
from line_hashes
join documents using (document_id)
anti join read_parquet($batches) using (document_id)
where (is_current or document_id in (select document_id from returned_documents))
    and document_id not in (select document_id from left_documents);
