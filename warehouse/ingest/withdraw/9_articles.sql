-- Articles of documents that are gone; they stand for no copy any more. One row per article.
update articles
set is_current = false, duplicate_of = null
where article_id in (select document_id from left_documents);
