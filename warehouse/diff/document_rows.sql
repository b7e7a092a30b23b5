-- Documents that came, went or replaced a former text. One row per document and change.
select changed_documents.change, documents.document_id, documents.source_path, documents.record, articles.title
from changed_documents
join documents using (document_id)
left join articles using (document_id)
order by all
limit $rows_shown;
