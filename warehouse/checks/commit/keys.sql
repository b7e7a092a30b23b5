-- A document that a run loads is there once, and so are all its rows. One row per document that stands twice.
select 'documents' as table_name, document_id as row_id, min(source_path) as source_path, min(record) as record,
    concat(count(*), ' rows') as detail
from documents
semi join run_articles on run_articles.article_id = documents.document_id
group by document_id
having count(*) > 1;
