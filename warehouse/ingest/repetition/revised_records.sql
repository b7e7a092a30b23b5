-- Earlier documents to process again, as they were read. One row per document.
select
    documents.document_id,
    documents.source_path,
    documents.record,
    documents.reader,
    documents.sha256,
    documents.raw,
    documents.given,
    documents.encoding,
    documents.repairs,
    documents.text,
    documents.line_kinds,
    changed_documents.repeated_lines,
from documents
join changed_documents using (document_id)
where not changed_documents.is_new
order by documents.document_id;
