-- Articles of documents that are here again. One row per article.
update articles
set is_current = true
where article_id in (select document_id from returned_documents);
